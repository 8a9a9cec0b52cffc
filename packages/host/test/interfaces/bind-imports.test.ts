import { resolveWit, parseWit } from "@golem-kit/wit";
import { describe, expect, test } from "vitest";

import type { HostContext } from "../../src/interfaces/ports.ts";
import { bindImports } from "../../src/worker/instance/bind.ts";
import { direct, type HostFunctions } from "../../src/interfaces/host-interface.ts";
import { Journal } from "../../src/journal/journal.ts";
import { CREATE, emptyOplog } from "../oplog/memory-storage.ts";

const wit = parseWit(`
  package test:bound;
  interface shop {
    record item { sku: string, amount: u32 }
    resource shelf { constructor(size: u32); top: func() -> item; take: static func(other: borrow<shelf>) -> shelf; }
    newest: func() -> item;
    all: func() -> list<item>;
    find: func(sku: string) -> result<item, string>;
    place: func(items: list<shelf>);
    later: func() -> u32;
  }
  world shopper { import shop; }
`);

type Shop = Readonly<Record<string, (...args: unknown[]) => unknown>> & {
  readonly Shelf: (new (size: number) => { top(): unknown }) & { take(other: unknown): unknown };
};

/** The shop as a guest sees it, over these host functions. */
function shop(functions: HostFunctions<HostContext>): Shop {
  const world = resolveWit([wit]).world("test:bound/shopper");
  const oplog = emptyOplog();
  oplog.append(CREATE);
  // None of the functions here use anything of it.
  const context = {} as HostContext;
  const journal = new Journal(oplog);
  return bindImports(world, (_, name) => functions[name], context, journal).imports[
    "test:bound/shop"
  ] as Shop;
}

describe("a host function", () => {
  test("that returns what its WIT type says is passed on", () => {
    const item = { sku: "a", amount: 1 };
    expect(shop({ newest: direct(() => item) })["newest"]?.()).toBe(item);
  });

  test.each<[string, string, unknown, RegExp]>([
    ["a number instead of a record", "newest", 1, /result of test:bound\/shop\.newest/],
    ["a record without a field", "newest", { sku: "a" }, /test:bound\/shop\.newest.*amount/],
    ["a wrong field", "newest", { sku: "a", amount: -1 }, /amount.*u32.*-1/],
    [
      "a wrong element",
      "all",
      [
        { sku: "a", amount: 1 },
        { sku: "b", amount: "2" },
      ],
      /\[1\].*amount/,
    ],
    ["an unknown case", "find", { tag: "some", val: 1 }, /test:bound\/shop\.find.*some/],
    ["nothing", "newest", undefined, /test:bound\/shop\.newest/],
  ])(
    "that returns %s throws with the place, instead of giving the guest zeros",
    (_, name, value, message) => {
      expect(() => shop({ [name]: direct(() => value) })[name]?.()).toThrow(message);
    },
  );

  test("that returns later is checked then", async () => {
    const late = shop({ later: direct(async () => "soon") })["later"]?.();
    await expect(late).rejects.toThrow(/test:bound\/shop\.later.*u32/);
  });

  test("that is missing says so when it is called", () => {
    expect(() => shop({})["newest"]?.()).toThrow(
      "The component called test:bound/shop.newest, which this host does not provide.",
    );
  });

  test("gets the host's object for a resource, also inside of other values", () => {
    const placed: unknown[] = [];
    const { Shelf, place } = shop({
      "[constructor]shelf": direct((_, size: number) => ({ size })),
      place: direct((_, shelves: readonly unknown[]) => void placed.push(...shelves)),
    });
    place?.([new Shelf(1), new Shelf(2)]);
    expect(placed).toEqual([{ size: 1 }, { size: 2 }]);
  });

  test("gives a resource of the class that the guest knows", () => {
    const { Shelf } = shop({
      "[constructor]shelf": direct((_, size: number) => ({ size })),
      "[static]shelf.take": direct((_, other: unknown) => other),
      "[method]shelf.top": direct((_, { size }: { readonly size: number }) => ({ sku: "top", amount: size })),
    });
    const taken = Shelf.take(new Shelf(3));
    expect(taken).toBeInstanceOf(Shelf);
    expect((taken as InstanceType<Shop["Shelf"]>).top()).toEqual({ sku: "top", amount: 3 });
  });

  test("refuses a resource of another worker", () => {
    const functions = {
      "[constructor]shelf": direct((_, size: number) => ({ size })),
      place: direct(() => undefined),
    };
    const own = shop(functions);
    const foreign = new (shop(functions).Shelf)(1);
    expect(() => own["place"]?.([foreign])).toThrow("Expected a shelf of this worker, found something else");
    expect(() => own["place"]?.([{ size: 1 }])).toThrow(
      "Expected a shelf of this worker, found something else",
    );
  });
});
