import { readOplog } from "./read-oplog.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

const bob = "shop:cart/bob";
const pieces = 3;

export const crash: Scene = {
  title: "A crash in mid-flight: the instance is gone, its oplog is not",
  needs: ["shop:catalog", "shop:cart", "shop:orders"],
  async play(stage) {
    const stock = await stage.call("shop:catalog/south", "stock", "tea");
    await stage.call(bob, "add", "tea", pieces);
    const checkout = stage.call(bob, "checkout");
    const { total, recent } = await entriesOfCheckout(stage);
    await stage.host.workers.interrupt(stage.workerId(bob), { recoverImmediately: true });
    await checkout;
    stage.remark(
      `bob crashed ${recent} entries into this checkout, and was rebuilt from the ${total} of its oplog`,
    );
    const left = await stage.call("shop:catalog/south", "stock", "tea");
    stage.confirm("the checkout took its tea from the stock once", left, Number(stock) - pieces);
    const order = (await stage.call("shop:orders/bob-1", "get")) as { readonly lines: readonly unknown[] };
    stage.confirm("the order has its line once", order.lines.length, 1);
  },
};

/** Waits until the oplog has entries of the checkout. @throws Error when it is over by then */
async function entriesOfCheckout(stage: Stage): Promise<{ readonly total: number; readonly recent: number }> {
  for (;;) {
    const entries = await readOplog(stage.host, stage.workerId(bob));
    const invoked = entries.findIndex(
      (entry) => entry["functionName"] === "shop:cart-exports/api.{checkout}",
    );
    if (invoked < 0) continue;
    if (entries.at(-1)?.type === "ExportedFunctionCompleted")
      throw new Error("The checkout was over before the crash");
    return { total: entries.length, recent: entries.length - invoked };
  }
}
