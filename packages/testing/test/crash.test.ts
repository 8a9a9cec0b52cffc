import { expect } from "vitest";
import { test } from "../src/index.ts";

const tea = { name: "Green tea", price: 450 };

test.for(Array.from({ length: 60 }, (_, index) => index + 1))(
  "a checkout that crashes at its entry %i answers, and happens once",
  async (entries, { worker }) => {
    const catalog = worker("shop:catalog");
    const cart = worker("shop:cart");
    const sku = cart.name;
    await catalog.invoke("put", { ...tea, sku });
    await catalog.invoke("restock", sku, 10);
    await cart.invoke("add", sku, 3);

    const crash = await cart.crashAfter(entries);
    const checkout = await cart.invoke("checkout");
    await crash.happened;

    expect(checkout).toEqual({ id: `${cart.name}-1`, total: 1350, lines: 1, placed: false });
    expect(await catalog.invoke("stock", sku)).toBe(7);
    expect(await worker("shop:orders", `${cart.name}-1`).invoke("get")).toMatchObject({ total: 1350 });
  },
);
