import { type Scene, test } from "@golem-kit/testing";
import { expect } from "vitest";

async function fillCatalog({ worker }: Pick<Scene, "worker">): Promise<void> {
  const catalog = worker("shop:catalog");
  await catalog.api.put({ sku: "tea", name: "Green tea", price: 450 });
  await catalog.api.restock("tea", 10);
}

test("a checkout happens once, wherever a worker crashes", { timeout: 120_000 }, async ({ everyCrash }) => {
  await everyCrash(
    async ({ worker }) => {
      const cart = worker("shop:cart", "ada");
      await cart.api.add("tea", 3);
      return cart.api.checkout();
    },
    { prepare: fillCatalog, runs: 25 },
  );
});

test("a customer is reminded after a day", async ({ worker, clock }) => {
  await fillCatalog({ worker });
  const cart = worker("shop:cart");
  await cart.api.add("tea", 1);
  const { id } = await cart.api.checkout();

  await clock.advance("1 day");

  const { reminders } = await worker("shop:orders", id).api.get();
  expect(reminders).toEqual(["Your order is waiting"]);
});

test("a cart does the same when it is replayed", async ({ worker }) => {
  await fillCatalog({ worker });
  const cart = worker("shop:cart");
  await cart.api.add("tea", 1);
  await cart.api.checkout();

  await expect(cart).toReplay();
});
