import { test } from "@golem-kit/testing";
import { describe, expect } from "vitest";

const shop = test.extend("cart", async ({ worker }) => {
  const catalog = worker("shop:catalog");
  for (const [sku, price] of [
    ["tea", 450],
    ["mug", 900],
  ] as const) {
    await catalog.invoke("put", { sku, name: sku, price });
    await catalog.invoke("restock", sku, 5);
  }
  return worker("shop:cart");
});

describe("checkout", () => {
  shop("makes an order of the cart, and empties it", async ({ cart, worker }) => {
    await cart.invoke("add", "tea", 1);
    await cart.invoke("add", "mug", 1);
    await cart.invoke("add", "tea", 1);
    expect(await cart.invoke("items")).toEqual([
      { sku: "tea", quantity: 2 },
      { sku: "mug", quantity: 1 },
    ]);

    const id = `${cart.name}-1`;
    expect(await cart.invoke("checkout")).toEqual({ id, total: 1_800, lines: 2, placed: false });
    expect(await cart.invoke("items")).toEqual([]);
    expect(await worker("shop:orders", id).invoke("get")).toMatchObject({ total: 1_800 });
  });

  shop("takes the pieces off the stock that the catalog keeps", async ({ cart, worker }) => {
    const catalog = worker("shop:catalog");
    const before = await catalog.api.stock("tea");
    await cart.invoke("add", "tea", 3);
    await cart.invoke("checkout");
    expect(await catalog.invoke("stock", "tea")).toBe(before - 3);
  });

  shop("refuses an empty cart", async ({ cart }) => {
    await expect(cart.invoke("checkout")).rejects.toMatchObject({ payload: { tag: "empty-cart" } });
  });

  shop("refuses what there is not, and takes nothing", async ({ cart, worker }) => {
    const catalog = worker("shop:catalog");
    const before = await catalog.invoke("stock", "tea");
    await cart.invoke("add", "tea", 1);
    await cart.invoke("add", "unicorn", 1);
    await expect(cart.invoke("checkout")).rejects.toMatchObject({
      payload: { tag: "unknown-product", val: "unicorn" },
    });
    expect(await catalog.invoke("stock", "tea")).toBe(before);
  });

  shop("refuses more than is in stock", async ({ cart }) => {
    await cart.invoke("add", "mug", 1_000);
    await expect(cart.invoke("checkout")).rejects.toMatchObject({
      payload: { tag: "out-of-stock", val: "mug" },
    });
  });
});

shop("placing closes the order, once", async ({ cart }) => {
  await cart.invoke("add", "tea", 1);
  const { id } = await cart.invoke("checkout");
  const placed = { id, total: 450, lines: 1, placed: true };
  expect(await cart.invoke("place")).toEqual(placed);
  expect(await cart.invoke("place")).toEqual(placed);
});

shop("an order that was cancelled is refused", async ({ cart, worker }) => {
  await cart.invoke("add", "tea", 1);
  const { id } = await cart.invoke("checkout");
  await worker("shop:orders", id).invoke("cancel");
  await expect(cart.invoke("place")).rejects.toMatchObject({
    payload: { tag: "order-refused", val: "it is cancelled" },
  });
});

shop("a crashed cart knows its orders", async ({ cart }) => {
  await cart.invoke("add", "tea", 1);
  const first = await cart.invoke("checkout");
  await cart.invoke("add", "mug", 1);
  const second = await cart.invoke("checkout");
  await cart.crash();
  expect(await cart.invoke("orders")).toEqual([first, second]);
});
