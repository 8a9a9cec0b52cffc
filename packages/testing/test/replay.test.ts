import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { test, type TestWorker } from "../src/index.ts";

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
});
