import type { Scene } from "./scene.ts";
import type { Performance, Stage } from "./stage.ts";

const pieces = 3;
const customers = ["bob", "bea", "ben", "bess", "bill"];

export const crash: Scene = {
  title: "A crash in mid-flight: the instance is gone, its oplog is not",
  needs: ["shop:catalog", "shop:cart", "shop:orders"],
  async play(stage) {
    for (const customer of customers) {
      const stock = await stage.perform("shop:catalog/south", "stock", "tea");
      const add = await stage.perform(`shop:cart/${customer}`, "add", "tea", pieces);
      const crashed = await crashCheckout(stage, `shop:cart/${customer}`);
      if (crashed === undefined) continue;
      for (const { line } of [stock, add, crashed.checkout]) stage.print(line);
      stage.print(
        `${customer} crashed when entry ${crashed.entry} of the oplog was written, and was rebuilt from the oplog`,
      );
      const left = await stage.call("shop:catalog/south", "stock", "tea");
      stage.confirm("the checkout took its tea from the stock once", left, Number(stock.value) - pieces);
      const order = (await stage.call(`shop:orders/${customer}-1`, "get")) as { readonly lines: unknown[] };
      stage.confirm("the order has its line once", order.lines.length, 1);
      return;
    }
    throw new Error("Every checkout was over before it could be crashed");
  },
};

interface Crashed {
  readonly checkout: Performance;
  /** The last entry of the oplog before the crash. */
  readonly entry: number;
}

/** Crashes a checkout when its first entries are written; undefined when it is over by then. */
async function crashCheckout(stage: Stage, cart: string): Promise<Crashed | undefined> {
  const { workers } = stage.host;
  const id = stage.workerId(cart);
  const { lastIndex: before } = await workers.oplog(id, { from: 1, count: 1 });
  const checkout = stage.perform(cart, "checkout");
  let entry = before;
  while (entry === before) entry = (await workers.oplog(id, { from: before, count: 1 })).lastIndex;
  await workers.interrupt(id, { recoverImmediately: true });
  const over = await Promise.race([checkout, Promise.resolve(undefined)]);
  const finished = await checkout;
  return over === undefined ? { checkout: finished, entry } : undefined;
}
