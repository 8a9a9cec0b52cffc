import { type Scenario, type Scene, test } from "@golem-kit/testing";
import { expect } from "vitest";
import { crashFunction, TIMEOUT } from "./crash-function.ts";

const tea = { sku: "tea", name: "Green tea", price: 450 };
const line = { sku: "tea", quantity: 2, price: 450 };
const express = { express: true, gift: false, insured: false };

async function stocked({ worker }: Scene): Promise<void> {
  const catalog = worker("shop:catalog", "north");
  await catalog.invoke("put", tea);
  await catalog.invoke("restock", "tea", 10);
}

async function filledCart({ worker }: Scene) {
  const cart = worker("shop:cart", "ada");
  await cart.invoke("add", "tea", 2);
  return cart;
}

async function checkedOut(scene: Scene) {
  const cart = await filledCart(scene);
  await cart.invoke("checkout");
  return cart;
}

async function orderWithLine({ worker }: Scene) {
  const order = worker("shop:orders", "o-1");
  await order.invoke("addLine", line);
  return order;
}

async function invoiceWithLine({ worker }: Scene) {
  const order = worker("shop:orders", "o-1");
  const invoice = await order.invoke("invoice.new", "R-1");
  await order.invoke("invoice.add", invoice, line);
  return { order, invoice };
}

async function receipt({ worker }: Scene) {
  const receipts = worker("shop:receipts", "r-1");
  await receipts.invoke("write", "r.txt", "two teas, nine euros");
  return receipts;
}

/** What every exported function is tried in, by component and name. */
const scenarios: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  "shop:cart": {
    add: async (scene) => (await filledCart(scene)).invoke("add", "mug", 1),
    items: async (scene) => (await filledCart(scene)).invoke("items"),
    checkout: async (scene) => (await filledCart(scene)).invoke("checkout"),
    place: async (scene) => (await checkedOut(scene)).invoke("place"),
    orders: async (scene) => (await checkedOut(scene)).invoke("orders"),
  },
  "shop:orders": {
    "add-line": async (scene) => (await orderWithLine(scene)).invoke("addLine", line),
    place: async (scene) => (await orderWithLine(scene)).invoke("place", express),
    cancel: async (scene) => (await orderWithLine(scene)).invoke("cancel"),
    remind: async (scene) => (await orderWithLine(scene)).invoke("remind", "Your order is waiting"),
    get: async (scene) => (await orderWithLine(scene)).invoke("get"),
    "[constructor]invoice": async ({ worker }) => worker("shop:orders", "o-1").invoke("invoice.new", "R-1"),
    "[method]invoice.number": async (scene) => {
      const { order, invoice } = await invoiceWithLine(scene);
      return order.invoke("invoice.number", invoice);
    },
    "[method]invoice.add": async (scene) => {
      const { order, invoice } = await invoiceWithLine(scene);
      return order.invoke("invoice.add", invoice, line);
    },
    "[method]invoice.total": async (scene) => {
      const { order, invoice } = await invoiceWithLine(scene);
      return order.invoke("invoice.total", invoice);
    },
    "[static]invoice.tax-of": async ({ worker }) =>
      worker("shop:orders", "o-1").invoke("invoice.tax-of", 1_800),
    "[drop]invoice": async (scene) => {
      const { order, invoice } = await invoiceWithLine(scene);
      return order.invoke("invoice.drop", invoice);
    },
  },
  "shop:catalog": {
    put: async ({ worker }) => worker("shop:catalog", "south").invoke("put", { ...tea, sku: "mug" }),
    find: async ({ worker }) => worker("shop:catalog", "south").invoke("find", "tea"),
    "list-products": async ({ worker }) => worker("shop:catalog", "south").invoke("listProducts"),
    remove: async ({ worker }) => worker("shop:catalog", "south").invoke("remove", "tea"),
    restock: async ({ worker }) => worker("shop:catalog", "south").invoke("restock", "tea", 5),
    stock: async ({ worker }) => worker("shop:catalog", "south").invoke("stock", "tea"),
  },
  "shop:receipts": {
    write: async (scene) => (await receipt(scene)).invoke("write", "r.txt", "three teas"),
    read: async (scene) => (await receipt(scene)).invoke("read", "r.txt"),
    scan: async (scene) => (await receipt(scene)).invoke("scan", "scan", 100_000),
    part: async (scene) => (await receipt(scene)).invoke("part", "r.txt", 4, 8),
    sum: async (scene) => (await receipt(scene)).invoke("sum", "r.txt"),
    copy: async (scene) => (await receipt(scene)).invoke("copy", "r.txt", "copy.txt"),
    "list-files": async (scene) => (await receipt(scene)).invoke("listFiles", "r"),
    info: async (scene) => (await receipt(scene)).invoke("info", "r.txt"),
    archive: async (scene) => (await receipt(scene)).invoke("archive", "r.txt"),
    remove: async (scene) => (await receipt(scene)).invoke("remove", "r.txt"),
  },
};

interface ExportedInterface {
  readonly functions: readonly { readonly name: string }[];
}

test.for(Object.keys(scenarios))("every function that %s exports has a scenario", (name, { workspace }) => {
  const exported = workspace.components.get(name)?.metadata.exports as readonly ExportedInterface[];
  const functions = exported.flatMap((each) => each.functions.map((fn) => fn.name));
  expect(Object.keys(scenarios[name] ?? {}).toSorted()).toEqual(functions.toSorted());
});

const functions = Object.entries(scenarios).flatMap(([component, itsFunctions]) =>
  Object.entries(itsFunctions).map(([name, scenario]) => ({ name: `${component} ${name}`, scenario })),
);

test.for(functions.map(({ name, scenario }, turn) => ({ name, scenario, turn })))(
  "$name comes out the same wherever its workers crash, once or twice",
  { timeout: TIMEOUT },
  ({ scenario, turn }, { everyCrash, task }) =>
    crashFunction({ everyCrash, task }, turn, scenario, { prepare: stocked }),
);
