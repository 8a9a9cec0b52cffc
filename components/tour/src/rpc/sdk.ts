import { remoteFunction, remoteWorker, wit } from "@golem-kit/sdk/remote";
import { call, schedule as scheduleCall, unwrap } from "@golem-kit/sdk/rpc";
import { Api as Order } from "shop:orders-client/orders-client";

const TEA = { sku: "tea", quantity: 2, price: 450 };

export function callAndWait(order: string): number {
  using remote = new Order(order);
  return remote.blockingAddLine(TEA);
}

const orderError = wit.variant({
  empty: null,
  "invalid-line": wit.string,
  closed: wit.enum("open", "placed", "cancelled"),
});

const addLine = remoteFunction("shop:orders-exports/api.{add-line}", {
  params: [wit.record({ sku: wit.string, quantity: wit.u32, price: wit.u32 })],
  result: wit.result(wit.u32, orderError),
});

export async function callByName(order: string): Promise<number> {
  using remote = remoteWorker("shop:orders", order);
  return unwrap(await remote.call(addLine, TEA));
}

export async function callMany(orders: readonly string[]): Promise<Uint32Array> {
  using handles = new DisposableStack();
  const remotes = orders.map((order) => handles.use(new Order(order)));
  const results = await Promise.all(remotes.map((remote) => call(remote.addLine(TEA))));
  return Uint32Array.from(results, unwrap);
}

export function trigger(order: string, text: string): void {
  using remote = new Order(order);
  remote.remind(text);
}

export function schedule(order: string, text: string, canceled: string): void {
  using remote = new Order(order);
  scheduleCall(new Date(), (at) => remote.scheduleRemind(text, at));
  const tomorrow = scheduleCall("1 day", (at) => remote.scheduleRemind(canceled, at));
  tomorrow.cancel();
}
