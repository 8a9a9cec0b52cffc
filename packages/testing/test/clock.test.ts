import { expect, vi } from "vitest";
import { test } from "../src/index.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };

test("a reminder that is scheduled for tomorrow comes when a day has passed", async ({ worker, clock }) => {
  await worker("shop:catalog").invoke("put", tea);
  await worker("shop:catalog").invoke("restock", "tea", 10);
  const cart = worker("shop:cart");
  await cart.invoke("add", "tea", 1);
  await cart.invoke("checkout");
  const order = worker("shop:orders", `${cart.name}-1`);

  await clock.advance("23 h");
  expect(await order.invoke("get")).toMatchObject({ reminders: [] });
  await clock.advance("1 h");
  expect(await order.invoke("get")).toMatchObject({ reminders: ["Your order is waiting"] });
});

test("time passes until nobody waits for it", async ({ worker, clock }) => {
  await worker("shop:catalog").invoke("put", tea);
  await worker("shop:catalog").invoke("restock", "tea", 10);
  const cart = worker("shop:cart");
  await cart.invoke("add", "tea", 1);
  await cart.invoke("checkout");
  const before = clock.now().getTime();

  await clock.runUntilIdle();

  expect(clock.now().getTime() - before).toBeGreaterThan(80_000_000);
  expect(await worker("shop:orders", `${cart.name}-1`).invoke("get")).toMatchObject({
    reminders: ["Your order is waiting"],
  });
});

test("the time that passed stays when the host is restarted", async ({ host, clock }) => {
  await clock.advance("10 days");
  const before = clock.now().getTime();

  await host.restart();

  expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
});

test("faked timers of the test do not stop the host", async ({ worker, clock }) => {
  vi.useFakeTimers();
  try {
    const [before, faked] = [clock.now().getTime(), Date.now()];
    const order = worker("shop:orders");
    await order.invoke("addLine", { sku: "tea", quantity: 1, price: 450 });
    await order.crash();
    await clock.advance("1 day");

    expect(await order.invoke("get")).toMatchObject({ total: 450 });
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(86_400_000);
    expect(Date.now()).toBe(faked);
  } finally {
    vi.useRealTimers();
  }
});

test("what is no duration is refused", async ({ clock }) => {
  await expect(clock.advance("soon")).rejects.toThrow("is not a duration");
});
