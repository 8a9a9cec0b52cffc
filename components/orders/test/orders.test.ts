import { test } from "@golem-kit/testing";
import { describe, expect } from "vitest";

const tea = { sku: "tea", quantity: 2, price: 450 };
const mug = { sku: "mug", quantity: 1, price: 900 };

describe("an order", () => {
  test("is placed with what was added to it", async ({ worker }) => {
    const order = worker("shop:orders");
    expect(await order.invoke("addLine", tea)).toBe(1);
    expect(await order.invoke("addLine", mug)).toBe(2);

    const placed = await order.invoke("place", { gift: true });
    expect(placed).toMatchObject({ id: order.name, lines: [tea, mug], total: 1_800, status: "placed" });
    expect(placed.delivery).toEqual({ express: false, gift: true, insured: false });
  });

  test("is paid once, however often it is placed", async ({ worker }) => {
    const order = worker("shop:orders");
    await order.invoke("addLine", tea);
    const { payment } = await order.invoke("place", {});
    expect(payment).toBeDefined();
    expect((await order.invoke("place", {})).payment).toBe(payment);
  });

  test("that is empty is not placed", async ({ worker }) => {
    const order = worker("shop:orders");
    await expect(order.invoke("place", {})).rejects.toMatchObject({ payload: { tag: "empty" } });
  });

  test("takes no line without pieces", async ({ worker }) => {
    const order = worker("shop:orders");
    await expect(order.invoke("addLine", { ...tea, quantity: 0 })).rejects.toMatchObject({
      payload: { tag: "invalid-line", val: "no pieces of tea" },
    });
  });

  test("that is cancelled stays as it is", async ({ worker }) => {
    const order = worker("shop:orders");
    await order.invoke("cancel");
    await order.invoke("remind", "too late");
    await expect(order.invoke("addLine", tea)).rejects.toMatchObject({
      payload: { tag: "closed", val: "cancelled" },
    });
    expect(await order.invoke("get")).toMatchObject({ status: "cancelled", lines: [], reminders: [] });
  });

  test("is the same after a crash", async ({ worker }) => {
    const order = worker("shop:orders");
    await order.invoke("addLine", tea);
    const placed = await order.invoke("place", { express: true });
    await order.crash();
    expect(await order.invoke("get")).toEqual(placed);
  });
});

test("an invoice adds up, and knows its tax", async ({ worker }) => {
  const order = worker("shop:orders");
  const invoice = await order.invoke("invoice.new", "R-1");
  await order.invoke("invoice.add", invoice, tea);
  await order.invoke("invoice.add", invoice, mug);
  expect(await order.invoke("invoice.number", invoice)).toBe("R-1");
  expect(await order.invoke("invoice.total", invoice)).toBe(1_800);
  expect(await order.invoke("invoice.tax-of", 1_800)).toBe(300);
});
