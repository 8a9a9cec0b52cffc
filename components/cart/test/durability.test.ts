import { type Scene, test } from "@golem-kit/testing";
import { expect } from "vitest";

import type * as Cart from "shop:cart-exports/api";

async function fillCatalog({ worker }: Pick<Scene, "worker">): Promise<void> {
  const catalog = worker("shop:catalog");
  await catalog.invoke("put", { sku: "tea", name: "Green tea", price: 450 });
  await catalog.invoke("restock", "tea", 10);
}

test("a checkout happens once, wherever a worker crashes", { timeout: 120_000 }, async ({ everyCrash }) => {
  await everyCrash(
    async ({ worker }) => {
      const cart = worker<typeof Cart>("shop:cart", "ada");
      await cart.api.add("tea", 3);
      return cart.api.checkout();
    },
    { prepare: fillCatalog, runs: 25 },
  );
});

test("a customer is reminded after a day", async ({ worker, clock }) => {
  await fillCatalog({ worker });
  const cart = worker<typeof Cart>("shop:cart");
  await cart.api.add("tea", 1);
  const { id } = await cart.api.checkout();

  await clock.advance("1 day");

  const order = await worker("shop:orders", id).invoke("get");
  expect(order).toMatchObject({ reminders: ["Your order is waiting"] });
});

test("a cart does the same when it is replayed", async ({ worker }) => {
  await fillCatalog({ worker });
  const cart = worker<typeof Cart>("shop:cart");
  await cart.api.add("tea", 1);
  await cart.api.checkout();

  await expect(cart).toReplay();
});
