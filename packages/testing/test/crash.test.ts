import { expect } from "vitest";
import { test } from "../src/index.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };

test.for(Array.from({ length: 10 }, (_, count) => count))(
  "a checkout that crashes after its oplog was read %i times answers, and happens once",
  async (reads, { worker }) => {
    const catalog = worker("shop:catalog");
    const cart = worker("shop:cart");
    await catalog.invoke("put", { ...tea, sku: cart.name });
    await catalog.invoke("restock", cart.name, 10);
    await cart.invoke("add", cart.name, 3);

    const checkout = cart.invoke("checkout");
    for (let count = 0; count < reads; count += 1) await cart.oplog();
    await cart.crash();

    expect(await checkout).toEqual({ id: `${cart.name}-1`, total: 1350, lines: 1, placed: false });
    expect(await catalog.invoke("stock", cart.name)).toBe(7);
    expect(await worker("shop:orders", `${cart.name}-1`).invoke("get")).toMatchObject({ total: 1350 });
  },
);
