import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import {
  CrashDifferenceError,
  type EveryCrashOptions,
  type Scene,
  test,
  type TestWorker,
} from "../src/index.ts";
import { withoutNumbers } from "./without-numbers.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };

test(
  "a checkout comes out the same wherever one of its workers crashes",
  { timeout: 120_000 },
  async ({ everyCrash }) => {
    const report = await everyCrash(
      async ({ worker }) => {
        const cart = worker("shop:cart", "ada");
        await cart.invoke("add", "tea", 3);
        return cart.invoke("checkout");
      },
      {
        uncommitted: "lost",
        prepare: stockCatalog,
      },
    );

    expect(report.entries).toBeGreaterThan(20);
    expect(report).toMatchObject({ runs: report.entries, unreached: [] });
  },
);

test("workers that crash twice come out the same", { timeout: 120_000 }, async ({ everyCrash }) => {
  const report = await everyCrash(async (scene) => (await placeOrder(scene)).invoke("get"), {
    crashes: 2,
  });

  expect(report.runs).toBe(report.entries);
});

test(
  "workers crash at every two entries, as far as the runs are not limited",
  { timeout: 120_000 },
  async ({ everyCrash, task }) => {
    const scenario = async ({ worker }: Scene): Promise<unknown> => {
      const catalog = worker("shop:catalog", "north");
      await catalog.invoke("put", tea);
      return catalog.invoke("find", "tea");
    };
    const { entries, runs, possible } = await everyCrash(scenario, { crashes: 2, everyPair: true, runs: 6 });

    expect(runs).toBe(6);
    expect(possible).toBe((entries * (entries + 1)) / 2);
    expect(task.annotations.map(({ message }) => message)).toEqual([
      `everyCrash: 6 of ${possible} possible runs`,
    ]);
  },
);

test("what is not committed is lost if it is told so", { timeout: 120_000 }, async ({ everyCrash }) => {
  // A region that is cut short is not seen if its begin is lost.
  const differing = async (uncommitted: "kept" | "lost"): Promise<readonly string[]> => {
    const error = await everyCrash(timesCutShort, { uncommitted }).catch((thrown: unknown) => thrown);
    const runs = error instanceof CrashDifferenceError ? error.runs : [];
    return runs.map(({ crashes }) => crashes.map(({ entry }) => entry.type).join());
  };

  expect(await differing("kept")).toContain("BeginAtomicRegion");
  expect(await differing("lost")).not.toContain("BeginAtomicRegion");
});

test(
  "a run that comes out otherwise is told with its entry and the difference",
  { timeout: 120_000 },
  async ({ everyCrash }) => {
    const run = everyCrash(timesCutShort);

    await expect(run).rejects.toThrow(CrashDifferenceError);
    await expect(run).rejects.toThrow(
      /Crashed shop:orders\/one after entry \d+:[^]*> \d+ BeginAtomicRegion[^]*result\.returned\n {4}undisturbed: 0\n {4}crashed: {5}1/,
    );
    const guide = await readFile("docs/guides/testing.md", "utf8");
    const shown = guide.match(/```text\nCrashDifferenceError: ([^]*?)\n```/)?.[1] ?? "nothing";
    const error = await run.catch((thrown: unknown) => thrown);
    expect(withoutNumbers(error instanceof Error ? error.message : "")).toContain(withoutNumbers(shown));
  },
);

test("what is told to be ignored may differ", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<number> => (await (await placeOrder(scene)).oplog()).length;

  await everyCrash(scenario, { ignore: (path) => path === "result.returned" });
});

test("a scenario that plays with the test's workers is refused", async ({ everyCrash, worker }) => {
  const scenario = (): Promise<unknown> => worker("shop:catalog").invoke("find", "tea");

  await expect(everyCrash(scenario)).rejects.toThrow(
    /no entry to crash at: the scenario invokes no durable worker\. .*`worker` that it is given/,
  );
});

test(
  "runs can be limited, and crashes restricted to a component",
  { timeout: 120_000 },
  async ({ everyCrash }) => {
    const scenario = async ({ worker }: Scene): Promise<unknown> => {
      await worker("shop:catalog", "north").invoke("put", tea);
      return worker("shop:catalog", "north").invoke("find", "tea");
    };

    expect(await everyCrash(scenario, { runs: 3 })).toMatchObject({ runs: 3 });
    await expect(everyCrash(scenario, { components: ["shop:cart"] })).rejects.toThrow(
      "the scenario invokes no durable worker of shop:cart. On its host are shop:catalog/north.",
    );
  },
);

test(
  "what an undisturbed run throws fails the test as it is",
  { timeout: 120_000 },
  async ({ everyCrash }) => {
    const wrong = new Error("expected 2 to be 3");

    const run = everyCrash(async (scene) => {
      await placeOrder(scene);
      throw wrong;
    });

    expect(await run.catch((thrown: unknown) => thrown)).toBe(wrong);
  },
);

test("what a scenario throws is compared if it is to throw", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<never> => {
    throw new Error(`cut short ${await timesCutShort(scene)} times`);
  };

  await expect(everyCrash(scenario, { throws: true })).rejects.toThrow(
    'result.thrown\n    undisturbed: "Error: cut short 0 times"\n    crashed:     "Error: cut short 1 times"',
  );
});

test("a scenario that is to throw and does not is refused", { timeout: 120_000 }, async ({ everyCrash }) => {
  await expect(everyCrash(placeOrder, { throws: true })).rejects.toThrow("is to throw");
});

test("an undisturbed run that does not end is told with who waits", async ({ everyCrash }) => {
  const run = everyCrash(() => new Promise(() => undefined), { prepare: waitForEver, limit: "50 ms" });

  await expect(run).rejects.toThrow(
    /undisturbed run of everyCrash did not end within 0\.05 s: kit:tour\/waiting is Suspended\..* host\.clock\.advance/,
  );
});

test("a crashed run that does not end is a difference, whatever is ignored", async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<void> => {
    if ((await timesCutShort(scene)) > 0) await new Promise(() => undefined);
  };

  const run = everyCrash(scenario, { ignore: () => true, limit: "5 s" });

  await expect(run).rejects.toThrow('crashed:     "did not end within 5 s"');
});

test("time passes in a scenario by the clock of its host", { timeout: 120_000 }, async ({ everyCrash }) => {
  const remindedAfterADay = async ({ host, worker }: Scene): Promise<void> => {
    const cart = worker("shop:cart", "ada");
    await cart.api.add("tea", 1);
    const { id } = await cart.api.checkout();
    await host.clock.advance("1 day");
    expect(await worker("shop:orders", id).api.get()).toMatchObject({ reminders: ["Your order is waiting"] });
  };

  expect(await everyCrash(remindedAfterADay, { prepare: stockCatalog, runs: 3 })).toMatchObject({ runs: 3 });
});

test("what varies without a crash is told", { timeout: 120_000 }, async ({ everyCrash, task }) => {
  let calls = 0;
  const scenario = async (scene: Scene): Promise<unknown> => {
    await placeOrder(scene);
    calls += 1;
    return { ids: [calls, calls, calls, calls], ignored: calls, [`call-${calls}`]: true, placed: true };
  };
  const ignore = (path: string): boolean => path === "result.returned.ignored";

  const { variable } = await everyCrash(scenario, { ignore, runs: 1 });

  const ids = [0, 1, 2, 3].map((at) => `result.returned.ids[${at}]`);
  const ofResult = variable.filter((path) => path.startsWith("result."));
  expect(ofResult).toEqual([...ids, "result.returned.…"]);
  expect(task.annotations.map(({ message }) => message)).toContain(
    `everyCrash: not compared, since undisturbed runs differ there: ${ids.slice(0, 3).join(", ")} and ${variable.length - 3} more`,
  );
});

test("a run that throws differs in nothing but that", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<void> => {
    expect(await timesCutShort(scene)).toBe(0);
  };

  const error = await everyCrash(scenario).catch((thrown: unknown) => thrown);

  const runs = error instanceof CrashDifferenceError ? error.runs : [];
  expect(runs.flatMap(({ differences }) => differences)).toContainEqual({
    path: "result.thrown",
    expected: "nothing",
    found: expect.stringContaining("AssertionError: expected 1 to be +0"),
  });
  expect(runs.flatMap(({ differences }) => differences.map(({ path }) => path))).not.toContain(
    "result.returned",
  );
});

test("a scenario may return an assertion", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<void> => expect((await placeOrder(scene)).name).toBe("one");

  expect(await everyCrash(scenario, { runs: 1 })).toMatchObject({ runs: 1 });
});

test("an error that a scenario returns is compared", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async (scene: Scene): Promise<Error> =>
    new Error(`cut short ${await timesCutShort(scene)} times`);

  await expect(everyCrash(scenario)).rejects.toThrow('crashed:     "Error: cut short 1 times"');
});

test("what differs is told with how many runs were played, and what to do", async ({ everyCrash }) => {
  let plays = 0;
  const scenario = async (scene: Scene): Promise<boolean> => {
    await placeOrder(scene);
    plays += 1;
    return plays <= 2;
  };

  const run = everyCrash(scenario, { runs: 7 });

  await expect(run).rejects.toThrow(/^After 5 of 7 crashed runs, 5 have come out differently\.\n/);
  await expect(run).rejects.toThrow(
    /\n\nWhat to do: .*\{ ignore: \(path\) => path === "result\.returned" \}\)\.$/,
  );
});

test("each of two crashes is told with its worker, its entry and those around", async ({ everyCrash }) => {
  const run = everyCrash(timesCutShort, { crashes: 2 });

  await expect(run).rejects.toThrow(
    /\n\nCrashed shop:orders\/one after entry (\d+):\n(?: {4}.*\n)* {2}> \1 [^]*?\nAnd crashed shop:orders\/one after entry (\d+):\n(?: {4}.*\n)* {2}> \2 /,
  );
});

test("a scenario may restart its host", { timeout: 120_000 }, async ({ everyCrash }) => {
  const scenario = async ({ host, worker }: Scene): Promise<unknown> => {
    const order = worker("shop:orders", "one");
    await order.invoke("addLine", { sku: "tea", quantity: 2, price: 450 });
    await host.restart();
    return order.invoke("addLine", { sku: "cup", quantity: 1, price: 300 });
  };

  const { entries, runs, unreached } = await everyCrash(scenario);

  expect(runs).toBe(entries);
  expect(unreached).toEqual([]);
});

test.for<readonly [EveryCrashOptions, string]>([
  [{ crashes: 3 as 2 }, "`crashes` of everyCrash is 3: a run crashes once or twice"],
  [{ everyPair: true }, "add `crashes: 2`"],
  [{ runs: 0 }, "`runs` of everyCrash is 0: it must be a whole number from 1"],
  [{ runs: -1 }, "`runs` of everyCrash is -1"],
  [{ runs: NaN }, "`runs` of everyCrash is NaN"],
])("options that no run could obey are refused: %o", async ([options, message], { everyCrash }) => {
  await expect(everyCrash(placeOrder, options)).rejects.toThrow(message);
});

async function stockCatalog({ worker }: Scene): Promise<void> {
  await worker("shop:catalog", "north").invoke("put", tea);
  await worker("shop:catalog", "north").invoke("restock", "tea", 10);
}

async function waitForEver({ worker }: Scene): Promise<void> {
  const waiting = worker("kit:tour", "waiting");
  const promise = await waiting.invoke("kit:tour-exports/raw.{ask}");
  await waiting.trigger("kit:tour-exports/raw.{await-answer}", promise);
}

async function placeOrder({ worker }: Scene): Promise<TestWorker> {
  const order = worker("shop:orders", "one");
  await order.invoke("addLine", { sku: "tea", quantity: 2, price: 450 });
  await order.invoke("place", {});
  return order;
}

/** An atomic region that a crash cuts short begins anew: that is to be seen in the oplog. */
async function timesCutShort(scene: Scene): Promise<number> {
  const order = await placeOrder(scene);
  return (await order.oplog()).filter(({ entry }) => entry.type === "Jump").length;
}

test(
  "workers come back from images as they do from replays",
  { timeout: 120_000 },
  async ({ everyCrash }) => {
    const report = await everyCrash(
      async ({ worker }) => {
        const cart = worker("shop:cart", "ada");
        await cart.invoke("add", "tea", 3);
        return cart.invoke("items");
      },
      { recovery: "both", uncommitted: "lost" },
    );

    expect(report).toMatchObject({ runs: report.possible, unreached: [] });
  },
);
