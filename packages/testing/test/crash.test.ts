import { expect } from "vitest";
import { test } from "../src/index.ts";

const line = { sku: "tea", quantity: 2, price: 450 };

test("a worker that crashes when an entry is written answers all the same", async ({ worker }) => {
  const order = worker("shop:orders");
  const crash = order.crash.afterEntry(3);

  expect(await order.invoke("addLine", line)).toBe(1);
  expect(await crash.happened).toBe(true);
  expect(await order.invoke("get")).toMatchObject({ lines: [line] });
});

test("a crash is counted from the worker's present entry", async ({ worker }) => {
  const order = worker("shop:orders");
  await order.invoke("addLine", line);
  const crash = await order.crash.afterNext(1);

  expect(await order.invoke("addLine", line)).toBe(2);
  expect(await crash.happened).toBe(true);
});

test("a worker that crashes before a call makes it once", async ({ worker }) => {
  const catalog = worker("shop:catalog");
  const crash = catalog.crash.before("golem keyvalue::eventual::set");

  await catalog.invoke("put", { sku: "cup", name: "Cup", price: 300 });

  expect(await crash.happened).toBe(true);
  const names = (await catalog.oplog()).map(({ entry }) => entry["functionName"]);
  expect(names.filter((name) => name === "golem keyvalue::eventual::set")).toHaveLength(1);
});

test("a crash that does not come is not waited for, and may still come later", async ({ worker }) => {
  const order = worker("shop:orders");
  const crash = order.crash.afterEntry(9);

  expect(await order.invoke("addLine", line)).toBe(1);
  expect(await crash.happened).toBe(false);
  for (const lines of [2, 3, 4]) expect(await order.invoke("addLine", line)).toBe(lines);
  expect(await crash.happened).toBe(true);
});

test("a crash that was arranged and never came is called off by a reset", async ({ worker, workspace }) => {
  const crash = worker("shop:orders").crash.afterEntry(1_000);

  await workspace.reset();

  expect(await crash.happened).toBe(false);
});
