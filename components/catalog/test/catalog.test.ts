import { test } from "@golem-kit/testing";
import { expect } from "vitest";

const tea = { sku: "tea", name: "Green tea", price: 450 };
const mug = { sku: "mug", name: "Stoneware mug", price: 900 };

test("what one worker writes, another one reads", async ({ worker }) => {
  const office = worker("shop:catalog", "office");
  const branch = worker("shop:catalog", "branch");

  await office.invoke("put", tea);
  await office.invoke("put", mug);
  expect(await branch.invoke("find", "tea")).toEqual(tea);
  expect(await branch.invoke("listProducts")).toEqual(expect.arrayContaining([tea, mug]));

  await branch.invoke("remove", "tea");
  expect(await office.invoke("find", "tea")).toBeUndefined();
  const left = await office.invoke("listProducts");
  expect(left).toContainEqual(mug);
  expect(left).not.toContainEqual(tea);
});

test("stock adds up across workers, and across a restart of the host", async ({ worker, host }) => {
  const first = worker("shop:catalog", "first");
  const second = worker("shop:catalog", "second");

  await first.invoke("put", { ...mug, sku: "cup" });
  expect(await first.invoke("stock", "cup")).toBe(0);
  expect(await first.invoke("restock", "cup", 3)).toBe(3);
  expect(await second.invoke("restock", "cup", 4)).toBe(7);
  await host.restart();
  expect(await first.invoke("stock", "cup")).toBe(7);
});

test("only products have a stock", async ({ worker }) => {
  const catalog = worker("shop:catalog");
  await expect(catalog.invoke("restock", "unicorn", 1)).rejects.toMatchObject({
    payload: 'There is no product "unicorn"',
  });
});
