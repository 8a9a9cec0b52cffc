import { ResultError } from "@golem-kit/sdk";
import { expect } from "vitest";
import { test } from "../src/index.ts";

const line = { sku: "tea", quantity: 2, price: 450 };

test("a function is called by its name in TypeScript or in WIT", async ({ worker }) => {
  const order = worker("shop:orders");

  expect(await order.invoke("addLine", line)).toBe(1);
  expect(await order.invoke("add-line", line)).toBe(2);
});

test("the err of a result is thrown, as between components", async ({ worker }) => {
  const placing = worker("shop:orders").invoke("place", {});

  await expect(placing).rejects.toThrow(ResultError);
  await expect(placing).rejects.toMatchObject({ payload: { tag: "empty" } });
});

test("the err of a result names the worker and the function, where the test has called it", async ({
  worker,
}) => {
  const placing = worker("shop:orders", "empty").api.place({ express: false });
  const error = await placing.catch((thrown: unknown) => thrown as ResultError);

  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^shop:orders\/empty has answered shop:orders-exports\/api\.\{place\}: The result is err\(/,
    ),
    stack: expect.stringMatching(/^ResultError: shop:orders\/empty has .*\n {4}at .*workspace\.test\.ts/),
  });
});

test("workers without a name are different ones", async ({ worker }) => {
  const [first, second] = [worker("shop:orders"), worker("shop:orders")];
  await first.invoke("addLine", line);

  expect(await second.invoke("get")).toMatchObject({ lines: [] });
});

test("workers of the same name are the same one", async ({ worker }) => {
  await worker("shop:orders", "same").invoke("addLine", line);

  expect(await worker("shop:orders", "same").invoke("get")).toMatchObject({ id: "same", lines: [line] });
});

test("an invocation under the same key runs once", async ({ worker }) => {
  const order = worker("shop:orders");

  expect(await order.withKey("once").invoke("addLine", line)).toBe(1);
  expect(await order.withKey("once").invoke("addLine", line)).toBe(1);
  expect(await order.invoke("get")).toMatchObject({ lines: [line] });
});

test("a worker is the same after a crash", async ({ worker }) => {
  const order = worker("shop:orders");
  await order.invoke("addLine", line);
  const before = await order.invoke("get");

  await order.crash();

  expect(await order.invoke("get")).toEqual(before);
});

test("a worker is the same after a restart of the host", async ({ host, worker }) => {
  const order = worker("shop:orders");
  await order.invoke("addLine", line);
  const before = await order.invoke("get");

  await host.restart();

  expect(await order.invoke("get")).toEqual(before);
});

test("a triggered invocation is done before the next one", async ({ worker }) => {
  const order = worker("shop:orders");
  await order.trigger("addLine", line);

  expect(await order.invoke("get")).toMatchObject({ lines: [line] });
});

test("the oplog begins with the worker's creation, and has every invocation", async ({ worker }) => {
  const order = worker("shop:orders");
  for (let count = 0; count < 30; count += 1) await order.invoke("addLine", line);
  const types = (await order.oplog()).map(({ entry }) => entry.type);

  expect(types[0]).toBe("Create");
  expect(types.filter((type) => type === "ExportedFunctionInvoked")).toHaveLength(30);
});

test("what a worker logs can be read, once whatever happens", async ({ worker }) => {
  const order = worker("shop:orders");
  await order.invoke("addLine", line);
  await order.invoke("place", {});
  await order.crash();

  expect(await order.logs()).toEqual([
    { level: "Info", context: "orders", message: `placed {"id":"${order.name}","total":900}` },
  ]);
});

test("lines of the standard output are lines of the log", async ({ worker }) => {
  const tour = worker("kit:tour");
  for (const text of ["one", "two\n\nfour", ""]) await tour.invoke("kit:tour-exports/sdk.{print}", text);

  const lines = await tour.logs();

  expect(lines.map(({ level }) => level)).toEqual(lines.map(() => "Stdout"));
  expect(lines.map(({ message }) => message)).toEqual(["one", "two", "", "four", ""]);
});

test.for(["metadata", "logs", "replay", "saveOplog"] as const)(
  "a worker that does not exist is named when it is asked for its %s",
  async (method, { worker }) => {
    const order = worker("shop:orders", "never-called");

    await expect(order[method]("build/never.oplog.jsonl")).rejects.toThrow(
      "There is no worker shop:orders/never-called: it begins with its first invocation",
    );
  },
);

test("an unknown component is answered with the nearest one", ({ worker }) => {
  expect(() => worker("shop:order")).toThrow('Did you mean "shop:orders"?');
});
