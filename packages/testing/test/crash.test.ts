import { expect } from "vitest";
import { test } from "../src/index.ts";

const SET = "golem keyvalue::eventual::set";
const cup = { sku: "cup", name: "Cup", price: 300 };
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
  const crash = catalog.crash.before(SET);

  await catalog.invoke("put", cup);

  await crash.reached();
  const names = (await catalog.oplog()).map(({ entry }) => entry["functionName"]);
  expect(names.filter((name) => name === SET)).toHaveLength(1);
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

test("a crash that a restart of the host comes before is off", async ({ host, worker }) => {
  const crash = worker("shop:orders").crash.afterEntry(1_000);

  await host.restart();

  expect(await crash.happened).toBe(false);
  await expect(crash.reached()).rejects.toThrow("Its host was closed or restarted before.");
});

test("an entry that is not reached is told with the length of the oplog", async ({ worker }) => {
  const order = worker("shop:orders", "short");
  const crash = order.crash.afterEntry(10_000);

  await order.invoke("addLine", line);

  const { length } = await order.oplog();
  await expect(crash.reached()).rejects.toThrow(
    `shop:orders/short has not crashed. Its oplog has ${length} entries, and no entry 10000.`,
  );
});

test("a call that does not come is told with the nearest name of one that did", async ({ worker }) => {
  const catalog = worker("shop:catalog", "near");
  const crash = catalog.crash.before("keyvalue::eventual::set");

  await catalog.invoke("put", cup);

  await expect(crash.reached()).rejects.toThrow(
    `shop:catalog/near has not crashed. There is no call "keyvalue::eventual::set" in its oplog. Did you mean "${SET}"?`,
  );
});

test("a call that does not come is told with those that did if none is like it", async ({ worker }) => {
  const catalog = worker("shop:catalog");
  const crash = catalog.crash.before("anything");

  await catalog.invoke("put", cup);

  await expect(crash.reached()).rejects.toThrow(new RegExp(`There are (?:.*, )?${SET}\\b`));
});

test("what was called before a crash was arranged is told apart from what never is", async ({ worker }) => {
  const catalog = worker("shop:catalog");
  await catalog.invoke("put", cup);
  const crash = catalog.crash.before(SET);

  await expect(crash.reached()).rejects.toThrow(
    `Its oplog has "${SET}", but it was not called since the crash was arranged.`,
  );
});

test("a worker that was never invoked is told to have none of what it should crash at", async ({
  worker,
}) => {
  await expect(worker("shop:orders").crash.afterEntry(3).reached()).rejects.toThrow("It was never invoked.");
});

test.for([0, -3, 1.5, NaN])("an oplog has no entry %d to crash after", async (entry, { worker }) => {
  const order = worker("shop:orders");

  expect(() => order.crash.afterEntry(entry)).toThrow(`${entry}: it must be a whole number from 1`);
  await expect(order.crash.afterNext(entry)).rejects.toThrow(`${entry}: it must be a whole number from 1`);
});

test("a crash before a call without a name is refused", ({ worker }) => {
  expect(() => worker("shop:orders").crash.before("")).toThrow(`crash.before("${SET}")`);
});

test("a worker that is not there cannot crash now, nor some entries from now", async ({ worker }) => {
  const { crash } = worker("shop:orders", "nobody");

  await expect(crash()).rejects.toThrow("There is no worker shop:orders/nobody");
  await expect(crash.afterNext(2)).rejects.toThrow("There is no worker shop:orders/nobody");
});
