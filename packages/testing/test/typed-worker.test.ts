import { expect, expectTypeOf } from "vitest";
import { type ComponentApi, test, type TestWorker, type WorkerOf } from "../src/index.ts";

// Types are checked by `npm run check`; what is not called here is not run.
declare const worker: WorkerOf;

type Api = ComponentApi<"shop:orders">;
type Order = Awaited<ReturnType<TestWorker<Api>["api"]["get"]>>;

test("a worker's functions have the types of its component's WIT", () => {
  const order = (): TestWorker<Api> => worker("shop:orders");

  expectTypeOf(order).returns.toEqualTypeOf<TestWorker<Api>>();
  expectTypeOf<Order["reminders"]>().toEqualTypeOf<string[]>();
  expectTypeOf<TestWorker<Api>["api"]["addLine"]>().parameters.toEqualTypeOf<
    [line: { sku: string; quantity: number; price: number }]
  >();
  expectTypeOf<TestWorker<Api>["api"]["addLine"]>().returns.toEqualTypeOf<Promise<number>>();
});

test("a function is typed by its name in TypeScript and in WIT", () => {
  const calls = () => {
    const order = worker("shop:orders");
    expectTypeOf(
      order.invoke("addLine", { sku: "tea", quantity: 1, price: 1 }),
    ).resolves.toEqualTypeOf<number>();
    expectTypeOf(
      order.invoke("add-line", { sku: "tea", quantity: 1, price: 1 }),
    ).resolves.toEqualTypeOf<number>();
    expectTypeOf(order.trigger("cancel")).resolves.toEqualTypeOf<void>();
    expectTypeOf(order.api.place({ express: true })).resolves.toEqualTypeOf<Order>();
    // @ts-expect-error there is no such function
    void order.invoke("addLines");
    // @ts-expect-error there is no such function
    void order.api.addLines();
    // @ts-expect-error the price is missing
    void order.api.addLine({ sku: "tea", quantity: 1 });
    // @ts-expect-error the quantity is a number
    void order.invoke("add-line", { sku: "tea", quantity: "1", price: 1 });
    // @ts-expect-error there is no such function
    order.failCalls("disconnect", { function: "addLines" });
  };
  expectTypeOf(calls).returns.toBeVoid();
});

test("what several interfaces have is typed by its name in full", () => {
  const calls = () => {
    const tour = worker("kit:tour");
    expectTypeOf(tour.invoke("kit:tour-exports/raw.{self}")).resolves.toHaveProperty("componentVersion");
    expectTypeOf(tour.invoke("kit:tour-exports/sdk.{persistence-level}")).resolves.toEqualTypeOf<string[]>();
    expectTypeOf(
      worker("shop:orders").invoke("shop:orders-exports/api.{add-line}", {
        sku: "tea",
        quantity: 1,
        price: 1,
      }),
    ).resolves.toEqualTypeOf<number>();
    // @ts-expect-error the path and the body are missing
    void tour.invoke("kit:tour-exports/raw.{http}", "letters.example");
    // @ts-expect-error both interfaces of the tour have it
    void tour.api.self();
    // Only one of them has it.
    expectTypeOf(tour.api.notes()).resolves.toEqualTypeOf<string[]>();
  };
  expectTypeOf(calls).returns.toBeVoid();
});

test("methods of resources are checked when they are called", () => {
  const calls = () => {
    const order = worker("shop:orders");
    expectTypeOf(order.invoke("invoice.new", "R-1", 7)).resolves.toBeUnknown();
  };
  expectTypeOf(calls).returns.toBeVoid();
});

test("a component without known types has functions of any name", () => {
  const calls = () => {
    const one = worker("other:component");
    expectTypeOf(one).toEqualTypeOf<TestWorker>();
    expectTypeOf(one.api["anything"]).returns.resolves.toBeUnknown();
    expectTypeOf(one.invoke("anything", 1, "two")).resolves.toBeUnknown();
    expectTypeOf(worker<Api>("other:component")).toEqualTypeOf<TestWorker<Api>>();
  };
  expectTypeOf(calls).returns.toBeVoid();
});

test("a worker whose functions are known is a worker", async ({ worker: workerOf }) => {
  const order: TestWorker = workerOf("shop:orders");

  expect(await order.invoke("addLine", { sku: "tea", quantity: 1, price: 450 })).toBe(1);
  expect((await workerOf("shop:orders", order.name).api.get()).lines).toHaveLength(1);
});
