import { expect } from "vitest";
import { type CallFault, test, type TestWorker, type Workspace } from "../src/index.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };

/** A cart with tea in it, and the order that its checkout is going to make. */
async function cartAndOrder(worker: Workspace["worker"]): Promise<readonly [TestWorker, TestWorker]> {
  await worker("shop:catalog").invoke("put", tea);
  await worker("shop:catalog").invoke("restock", "tea", 10);
  const cart = worker("shop:cart");
  await cart.invoke("add", "tea", 2);
  return [cart, worker("shop:orders", `${cart.name}-1`)];
}

test.for(["disconnect", "lose-answer"] as const)(
  "a checkout survives a call that is lost (%s)",
  async (fault, { worker }) => {
    const [cart, order] = await cartAndOrder(worker);
    order.failCalls(fault, { function: "addLine" });

    expect(await cart.invoke("checkout")).toMatchObject({ lines: 1, total: 900 });
    expect((await cart.oplog()).filter(({ entry }) => entry.type === "Error")).toHaveLength(1);
    expect(await order.invoke("get")).toMatchObject({ lines: [{ quantity: 2 }] });
  },
);

test("a worker whose call is answered with an error says so", async ({ worker }) => {
  const [cart, order] = await cartAndOrder(worker);
  order.failCalls({ error: "remote-internal-error", message: "out of paper" });

  await expect(cart.invoke("checkout")).rejects.toThrow("out of paper");
});

test("a call waits until the test lets it come", async ({ worker, host }) => {
  const [cart, order] = await cartAndOrder(worker);
  const gate = Promise.withResolvers<void>();
  order.failCalls({ until: gate.promise });
  const checkout = cart.invoke("checkout");
  await host.simulation.settled();
  await expect(order.metadata()).rejects.toThrow("There is no worker");

  gate.resolve();

  expect(await checkout).toMatchObject({ lines: 1 });
});

test("an unknown function is answered with the nearest one", ({ worker }) => {
  const order: TestWorker = worker("shop:orders");

  expect(() => order.failCalls("disconnect", { function: "addLines" })).toThrow('Did you mean "add-line"?');
});

test.for(["explode", { error: "denied" }, { until: 1 }])("%j is no fault of a call", (fault, { worker }) => {
  // A caller without types.
  expect(() => worker("shop:orders").failCalls(fault as CallFault)).toThrow(
    `There is no fault ${JSON.stringify(fault)}. A call goes wrong by "disconnect", "lose-answer", ` +
      '{ error: "not-found" | "protocol-error" | "remote-internal-error" } or { until: promise }.',
  );
});

test.for([-1, 0, 1.5, Number.NaN])("%d times is no number of calls that fail", (times, { worker }) => {
  expect(() => worker("shop:orders").failCalls("disconnect", { times })).toThrow(
    `times must be a whole number from 1: ${times}`,
  );
});
