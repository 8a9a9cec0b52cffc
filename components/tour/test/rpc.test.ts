import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

const tea = { sku: "tea", quantity: 2, price: 450 };

describe.for(halves)("calls to other components, %s:", (half) => {
  test("one call is waited for", async ({ guest, worker }) => {
    const order = worker("shop:orders");

    expect(await guest(half).call("call-and-wait", order.name)).toBe(1);
    expect(await guest(half).call("call-and-wait", order.name)).toBe(2);
    expect(await order.invoke("get")).toMatchObject({ lines: [tea, tea] });
  });

  test("a function is called by its name", async ({ guest, worker }) => {
    const order = worker("shop:orders");

    expect(await guest(half).call("call-by-name", order.name)).toBe(1);
    expect(await order.invoke("get")).toMatchObject({ lines: [tea] });
  });

  test("several calls are waited for at once", async ({ guest, worker }) => {
    const orders = [worker("shop:orders"), worker("shop:orders"), worker("shop:orders")];
    const names = orders.map(({ name }) => name);
    await guest(half).call("call-and-wait", names[1]);

    expect(await guest(half).call("call-many", names)).toEqual(Uint32Array.of(1, 2, 1));
  });

  test("a call that is triggered arrives", async ({ guest, worker }) => {
    const order = worker("shop:orders");
    await guest(half).call("trigger", order.name, "hello");

    await expect.poll(() => order.invoke("get")).toMatchObject({ reminders: ["hello"] });
  });

  test("a scheduled call arrives, a cancelled one is off the schedule", async ({ guest, worker }) => {
    const order = worker("shop:orders");
    await guest(half).call("schedule", order.name, "now", "never");

    await expect.poll(() => order.invoke("get")).toMatchObject({ reminders: ["now"] });
  });
});
