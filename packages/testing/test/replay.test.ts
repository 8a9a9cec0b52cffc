import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { type ReplayTarget, test, type TestWorker } from "../src/index.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };

async function checkedOut(worker: (component: string, name?: string) => TestWorker): Promise<TestWorker> {
  await worker("shop:catalog").invoke("put", tea);
  await worker("shop:catalog").invoke("restock", "tea", 10);
  const cart = worker("shop:cart");
  await cart.invoke("add", "tea", 2);
  await cart.invoke("checkout");
  await cart.invoke("place");
  return cart;
}

async function oplogFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-oplog-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "cart.oplog.jsonl");
}

describe("a worker", () => {
  test("replays, and is not changed by it", async ({ worker }) => {
    const cart = await checkedOut(worker);
    const before = (await cart.oplog()).length;

    await expect(cart).toReplay();
    await expect(worker("shop:orders", `${cart.name}-1`)).toReplay();

    expect(await cart.oplog()).toHaveLength(before);
  });
});

describe("a saved oplog", () => {
  test("replays on its component", async ({ worker, component }) => {
    const path = await oplogFile();
    await (await checkedOut(worker)).saveOplog(path);

    await expect(path).toReplayOn(component("shop:cart"));
  });

  test("that tells another story fails with the entry, what is expected and found, and those around", async ({
    worker,
    component,
  }) => {
    const path = await oplogFile();
    await (await checkedOut(worker)).saveOplog(path);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace("wasm-rpc::schedule_invocation", "wasm-rpc::invoke"));

    await expect(expect(path).toReplayOn(component("shop:cart"))).rejects.toThrow(
      /does not replay\.\nReplay diverged at oplog index \d+: the component does a call of golem::rpc::wasm-rpc::schedule_invocation[^]*> \d+ ImportedFunctionInvoked golem::rpc::wasm-rpc::invoke\n/,
    );
  });

  test("with another result fails", async ({ worker, component }) => {
    const path = await oplogFile();
    const order = worker("shop:orders");
    await order.invoke("addLine", { sku: "tea", quantity: 2, price: 450 });
    await order.saveOplog(path);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"ok":1}', '"ok":2}'));

    await expect(expect(path).toReplayOn(component("shop:orders"))).rejects.toThrow("with another result");
  });

  test("of another component is refused, as is what is no oplog", async ({ worker, component }) => {
    const path = await oplogFile();
    await (await checkedOut(worker)).saveOplog(path);

    await expect(expect(path).toReplayOn(component("shop:orders"))).rejects.toThrow("is one of shop:cart");
    await writeFile(path, "{}\n");
    await expect(expect(path).toReplayOn(component("shop:cart"))).rejects.toThrow("This is no oplog file");
  });

  test("is written to a folder that need not exist", async ({ worker, component }) => {
    const path = join(dirname(await oplogFile()), "kept", "of carts", "cart.oplog.jsonl");
    await (await checkedOut(worker)).saveOplog(path);

    await expect(path).toReplayOn(component("shop:cart"));
  });

  test.for([
    ["nothing", "", "The oplog file is empty"],
    ["another text", "hello\n", "Line 1 of the oplog file is no JSON object: hello"],
    [
      "another beginning",
      '{"format":"golem-kit-oplog","version":1,"component":"shop:cart","componentVersion":0,"worker":"w"}\n' +
        '{"index":1,"type":"NoOp","timestamp":"2026-01-01T00:00:00Z"}\n',
      "An oplog must begin with its Create entry",
    ],
  ] as const)(
    "with %s is refused with the file's path, and how to record one",
    async ([, text, reason], { component }) => {
      const path = await oplogFile();
      await writeFile(path, text);

      const replaying = expect(relative(process.cwd(), path)).toReplayOn(component("shop:cart"));

      await expect(replaying).rejects.toThrow(`${path} cannot be replayed: ${reason}`);
      await expect(replaying).rejects.toThrow("What to do: record it, by `await worker.saveOplog(path)`");
    },
  );

  test("that is missing is named with its path, and how to record one", async ({ component }) => {
    const replaying = expect("test/no.oplog.jsonl").toReplayOn(component("shop:cart"));

    await expect(replaying).rejects.toThrow(
      `There is no oplog file ${resolve("test/no.oplog.jsonl")}. Paths are relative to the directory of the test run`,
    );
    await expect(replaying).rejects.toThrow("golem-kit oplog --save");
  });

  test("on what is no component is refused with how to name one", async () => {
    // A caller without types.
    const named = "shop:cart" as unknown as ReplayTarget;

    await expect(expect("any").toReplayOn(named)).rejects.toThrow('toReplayOn(component("shop:cart"))');
  });
});
