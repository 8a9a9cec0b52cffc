import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { invoke, startDev, type TestedDev } from "./dev-process.ts";

vi.setConfig({ testTimeout: 180_000 });

const ORDERS = "components/orders/src/main.ts";
const LINE = '{sku: "tea", quantity: 2, price: 5}';

/** An edit after which an order, before it takes a payment, asks whether it has one. */
const careful = (text: string): string =>
  text.replace("await payments.set(key,", "await payments.get(key);\n    await payments.set(key,");

/** An order that is placed, and code that does not place it like that. */
async function orderThatStays(
  ...workers: readonly string[]
): Promise<{ readonly dev: TestedDev; readonly before: number }> {
  const dev = await startDev(await copyApplication());
  for (const worker of workers) {
    await invoke(dev, "shop:orders", worker, "add-line", LINE);
    await invoke(dev, "shop:orders", worker, "place", "{express}");
  }
  return { dev, before: await dev.save(ORDERS, careful) };
}

test("a worker whose replay differs stays, goes on answering, and its event says what differs and what can be done", async () => {
  const { dev, before } = await orderThatStays("o-1");

  const { workers } = await dev.event("deployed", undefined, before);
  const stays = await dev.event("stays", undefined, before);

  expect(workers).toEqual({ moved: 0, later: 0, stay: 1 });
  expect(stays).toMatchObject({ component: "shop:orders", worker: "o-1", version: 0, targetVersion: 1 });
  expect(stays.recorded).toMatch(/^golem keyvalue::eventual::set \{bucket: "payments"/);
  expect(stays.attempted).toMatch(/^golem keyvalue::eventual::get /);
  expect(stays.lastFitting).toBeLessThan(stays.entry ?? 0);
  expect(stays.ways).toEqual({
    fork: `npx golem-kit fork shop:orders o-1 o-1-v1 --at ${stays.lastFitting} --update`,
    anew: "npx golem-kit anew shop:orders o-1",
  });
  expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("status: placed");
});

test("the command that forks it makes a worker that goes on from there with the new code", async () => {
  const { dev, before } = await orderThatStays("o-1");
  const { ways } = await dev.event("stays", undefined, before);
  const [, , command = "", ...args] = ways.fork?.split(" ") ?? [];

  const forked = await dev.golemKit(command, ...args);

  expect(forked).toMatchObject({ code: 0, stderr: "" });
  expect(forked.stdout).toMatch(
    /shop:orders\/o-1 forked at entry \d+: shop:orders\/o-1-v1 goes on with version 1/,
  );
  // The fork is in the middle of being placed, and goes on with that.
  await expect.poll(() => invoke(dev, "shop:orders", "o-1-v1", "get")).toContain("status: placed");
  const { stdout } = await dev.golemKit("workers", "shop:orders");
  expect(stdout.match(/^o-1-v1 .*$/m)?.[0]).toContain("version 1");
  expect(stdout.match(/^o-1 .*$/m)?.[0]).toContain("version 0");
  expect((await dev.golemKit("oplog", "shop:orders", "o-1-v1")).stdout).toContain("keyvalue::eventual::get");
});

test("the command that starts it anew gives it the latest version, and no past", async () => {
  const { dev, before } = await orderThatStays("o-1");
  const { ways } = await dev.event("stays", undefined, before);
  const [, , command = "", ...args] = ways.anew.split(" ");

  expect((await dev.golemKit(command, ...args)).stdout).toContain(
    "shop:orders/o-1 starts anew, on version 1",
  );

  expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("lines: []");
});

test("the call that differs is shown where the source makes it, with the lines around", async () => {
  const { dev, before } = await orderThatStays("o-1");

  const { file, line = 0, frame } = await dev.event("stays", undefined, before);

  const source = await readFile(join(dev.directory, ORDERS), "utf8");
  expect(file).toBe(ORDERS);
  expect(source.split("\n")[line - 1]).toContain("await payments.get(key);");
  expect(frame).toContain(`> ${line} |`);
});

test("workers that differ in the same way are told as one", async () => {
  const { dev, before } = await orderThatStays("o-1", "o-2", "o-3");

  const first = await dev.event("stays", ({ alike }) => alike === 2, before);

  expect(first.likeWorker).toBeUndefined();
  const others = () =>
    dev.events.slice(before).filter((event) => event.type === "stays" && event.likeWorker === first.worker);
  await expect.poll(others).toHaveLength(2);
});

test("what differs fits again when it is taken back: the worker is moved by the next save", async () => {
  const { dev, before } = await orderThatStays("o-1");
  await dev.event("stays", undefined, before);

  const back = await dev.save(ORDERS, (text) => text.replace("await payments.get(key);", "// as before"));

  expect(await dev.event("deployed", undefined, back)).toMatchObject({
    version: 2,
    workers: { moved: 1, stay: 0 },
  });
});

test("new code that fails while it is replayed is shown where it does, with the lines around", async () => {
  const dev = await startDev(await copyApplication());
  await invoke(dev, "shop:orders", "o-1", "get");
  const before = await dev.save(ORDERS, (text) =>
    text.replace("const total = lines.reduce", "const total = (undefined as unknown as OrderLine[]).reduce"),
  );

  const stays = await dev.event("stays", undefined, before);

  expect(stays).toMatchObject({ worker: "o-1", file: ORDERS, line: 22 });
  expect(stays.attempted).toMatch(
    /^what fails: TypeError: can't access property "reduce".*get@components\/orders\/src\/main\.ts:22:18/s,
  );
  expect(stays.frame).toContain("> 22 |   const total = (undefined as unknown as OrderLine[]).reduce");
  expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("total: 0,");
});
