import { type OplogPage, readOplog } from "@golem-kit/host";
import type { Scene } from "./scene.ts";

/** How Golem records each way of calling another worker. */
const recordedAs = {
  awaited: "golem::rpc::future-invoke-result::get",
  blocking: "golem::rpc::wasm-rpc::invoke-and-await result",
  scheduled: "golem::rpc::wasm-rpc::schedule_invocation",
} as const;

export const remoteCalls: Scene = {
  title: "Workers call each other: Ada's cart makes an order, a worker of its own",
  needs: ["shop:catalog", "shop:cart", "shop:orders"],
  async play(stage) {
    await stage.call("shop:cart/ada", "add", "tea", 2);
    await stage.call("shop:cart/ada", "add", "mug", 1);
    await stage.call("shop:cart/ada", "checkout");
    await stage.call("shop:cart/ada", "place");
    await stage.call("shop:orders/ada-1", "get");
    const stock = await stage.call("shop:catalog/south", "stock", "tea");
    stage.confirm("the cart took its tea from the catalog's stock", stock, 8);
    const calls = (await readOplog(stage.host, stage.workerId("shop:cart/ada"))).map(functionOf);
    const ways = Object.entries(recordedAs).map(([way, name]) => [
      way,
      calls.filter((call) => call === name).length,
    ]);
    stage.confirm(
      `the cart's oplog has calls of every kind: ${ways.map(([way, count]) => `${count} ${way}`).join(", ")}`,
      ways.every(([, count]) => count !== 0),
      true,
    );
  },
};

function functionOf({ entry }: OplogPage["entries"][number]): unknown {
  return entry["functionName"];
}
