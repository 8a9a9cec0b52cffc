import type { Scene } from "./scene.ts";

const pieces = 3;
const cart = "shop:cart/bob";

/** So many entries into the checkout: in the midst of its calls to other workers. */
const depth = 8;

export const crash: Scene = {
  title: "A crash in mid-flight: the instance is gone, its oplog is not",
  needs: ["shop:catalog", "shop:cart", "shop:orders"],
  async play(stage) {
    const stock = Number(await stage.call("shop:catalog/south", "stock", "tea"));
    await stage.call(cart, "add", "tea", pieces);

    const id = stage.workerId(cart);
    const { lastIndex } = await stage.host.workers.oplog(id, { from: 1, count: 1 });
    const atEntry = lastIndex + depth;
    const crashed = stage.host.workers.interrupt(id, { recoverImmediately: true, atEntry });
    const checkout = await stage.perform(cart, "checkout");
    const { settlesWithin } = await import("@golem-kit/host");
    if (!(await settlesWithin(crashed, 1_000)))
      throw new Error(`The checkout was over before its oplog had ${depth} entries: it could not be crashed`);
    await crashed;
    stage.print(checkout.line);
    stage.print(
      `bob crashed when entry ${atEntry} of the oplog was written, ${depth} into the checkout, and was rebuilt`,
    );

    const left = await stage.call("shop:catalog/south", "stock", "tea");
    stage.confirm("the checkout took its tea from the stock once", left, stock - pieces);
    const order = (await stage.call("shop:orders/bob-1", "get")) as { readonly lines: unknown[] };
    stage.confirm("the order has its line once", order.lines.length, 1);
  },
};
