import { resolveWorkerId } from "golem:api/host@1.1.0";
import { WasmRpc, type WitValue } from "golem:rpc/types@0.2.0";
import { now } from "wasi:clocks/wall-clock@0.2.0";
import { poll } from "wasi:io/poll@0.2.0";

import { Api as Order } from "shop:orders-client/orders-client";

const ADD_LINE = "shop:orders-exports/api.{add-line}";
const REMIND = "shop:orders-exports/api.{remind}";
const DAY = 86_400n;

/** `{ sku: "tea", quantity: 2, price: 450 }`: nodes name each other by their place in the list. */
const TEA: WitValue = {
  nodes: [
    { tag: "record-value", val: Int32Array.of(1, 2, 3) },
    { tag: "prim-string", val: "tea" },
    { tag: "prim-u32", val: 2 },
    { tag: "prim-u32", val: 450 },
  ],
};

export function callAndWait(order: string): number {
  using worker = new Order(order);
  return worker.blockingAddLine({ sku: "tea", quantity: 2, price: 450 });
}

export function callByName(order: string): number {
  using worker = connect(order);
  return lineCount(worker.invokeAndAwait(ADD_LINE, [TEA]));
}

export function callMany(orders: readonly string[]): Uint32Array {
  using handles = new DisposableStack();
  const calls = orders.map((order) => {
    const future = handles.use(handles.use(connect(order)).asyncInvokeAndAwait(ADD_LINE, [TEA]));
    return { future, pollable: handles.use(future.subscribe()) };
  });

  const counts = new Map<(typeof calls)[number], number>();
  while (counts.size < calls.length) {
    const waiting = calls.filter((call) => !counts.has(call));
    for (const index of poll(waiting.map(({ pollable }) => pollable))) {
      const call = waiting[index];
      const result = call?.future.get();
      if (call === undefined || result === undefined) continue;
      if (result.tag === "err") throw new Error(`The call failed: ${result.val.val}`);
      counts.set(call, lineCount(result.val));
    }
  }
  return Uint32Array.from(calls, (call) => counts.get(call) ?? 0);
}

export function trigger(order: string, text: string): void {
  using worker = connect(order);
  worker.invoke(REMIND, [string(text)]);
}

export function schedule(order: string, text: string, canceled: string): void {
  using worker = connect(order);
  const { seconds, nanoseconds } = now();
  worker.scheduleInvocation({ seconds, nanoseconds }, REMIND, [string(text)]);
  const tomorrow = { seconds: seconds + DAY, nanoseconds };
  using token = worker.scheduleCancelableInvocation(tomorrow, REMIND, [string(canceled)]);
  token.cancel();
}

function connect(order: string): WasmRpc {
  const workerId = resolveWorkerId("shop:orders", order);
  if (workerId === undefined) throw new Error("There is no component shop:orders");
  return new WasmRpc(workerId);
}

function string(text: string): WitValue {
  return { nodes: [{ tag: "prim-string", val: text }] };
}

/** Of `result<u32, order-error>`, in the tuple that every answer is. */
function lineCount({ nodes }: WitValue): number {
  const count = nodes.find((node) => node.tag === "prim-u32");
  if (count === undefined) throw new Error("The order has refused the line");
  return count.val;
}
