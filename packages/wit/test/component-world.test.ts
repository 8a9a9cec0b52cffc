import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseWit, resolveWit, worldOfComponent, type WitWorld } from "../src/index.ts";
import { comparable, withoutUnused } from "./comparable-world.ts";
import { interfaceText } from "./interface-arbitrary.ts";
import { dummyComponent, dummyPlatformComponent, platformDirectory } from "./dummy-component.ts";

const platform = globSync("*/*.wit", { cwd: platformDirectory }).map((file) =>
  parseWit(readFileSync(join(platformDirectory, file), "utf8"), { file }),
);

function written(text: string, world = "w"): WitWorld {
  return resolveWit([parseWit(text), ...platform]).world(world);
}

/** Interfaces that declare every kind of type, and share them. */
const shapes = `package shop:shapes@1.2.3;
interface base {
  record item { sku: string, count: u32, big: u64, price: f64, tags: list<string> }
  variant payment { card(string), transfer(tuple<u8, s16, s32, s64>), cash }
  enum colour { red, dark-green, URL }
  flags access { read, write-all }
  type line = item;
  type bytes = list<u8>;
  resource basket {
    constructor(owner: string);
    add: func(item: item) -> result<u32, payment>;
    merge: func(other: borrow<basket>, spare: basket);
    open: static func(id: char) -> option<basket>;
  }
  type alias-of-basket = basket;
  swap: func(a: line, b: bytes) -> tuple<basket, alias-of-basket>;
  nothing: func();
}
interface middle {
  use base.{item, basket as trolley, colour};
  record order { items: list<item>, colour: option<option<colour>>, paid: result, refused: result<_, string> }
  resource receipt { text: func() -> string; }
  close: func(trolley: trolley, borrowed: borrow<trolley>) -> order;
  receipt-of: func(order: order) -> receipt;
}
interface top {
  use middle.{order as placed, trolley, receipt};
  use base.{access, payment};
  all: func(of: list<placed>, access: access, how: payment, where: borrow<trolley>) -> list<receipt>;
}
interface only-types { record point { x: f32, y: f32 } type distance = f32; }
`;

test.each([
  ["imports share types", "import top;"],
  ["exports share types", "export base; export middle; export top;"],
  ["exports use imported types", "export top;"],
  ["exports are given out of order", "export top; export middle; export base;"],
  ["an interface is imported and exported", "import base; export base; export middle;"],
  ["an export has types only", "export only-types;"],
  [
    "the world has types, a resource and functions of its own",
    `use base.{item, basket};
     record pair { left: item, right: item }
     resource session { constructor(name: string); end: func(); all: static func() -> list<session>; }
     import log: func(line: string);
     import mend: func(pair: pair, of: borrow<session>) -> basket;
     export run: func(pair: pair) -> result<item, string>;
     export wait: func();`,
  ],
  [
    "interfaces are written in the world",
    `import store: interface { use base.{item}; resource shelf; put: func(item: item, on: borrow<shelf>); }
     export api: interface {
       use base.{basket}; use only-types.{point as spot};
       enum state { new, old }
       resource cursor { next: func() -> option<spot>; }
       start: func(basket: basket) -> cursor;
       current: func() -> state;
     }`,
  ],
])("a component has the world of its text when %s", async (_, items) => {
  const text = `${shapes} world w { ${items} }`;
  const decoded = worldOfComponent(await dummyComponent(text, "w"));
  expect(comparable(decoded)).toEqual(comparable(withoutUnused(written(text), decoded)));
});

test("any interface that is imported, exported and used decodes to what its text means", async () => {
  await fc.assert(
    fc.asyncProperty(interfaceText, async (items) => {
      const text = `package a:b@0.1.0;
        interface one { ${items} }
        interface two { use one.{t0 as used}; get: func(it: used); }
        world w { import one; import two; export one; export two; }`;
      const decoded = worldOfComponent(await dummyComponent(text, "w"));
      expect(comparable(decoded)).toEqual(comparable(withoutUnused(written(text), decoded)));
    }),
    { numRuns: 60 },
  );
});

const platformInterfaces = resolveWit(platform).interfaces;

test.each(["import", "export"])("all interfaces of the platform decode when %sed", async (direction) => {
  const items = platformInterfaces.map((id) => `${direction} ${id};`).join("\n");
  const text = `package shop:everything; world w { ${items} }`;
  const decoded = worldOfComponent(await dummyPlatformComponent(text, "w"));
  expect(decoded.exports.size + decoded.imports.size).toBeGreaterThan(40);
  expect(comparable(decoded)).toEqual(comparable(withoutUnused(written(text), decoded)));
});

test.each(resolveWit(platform).worlds)("the platform's world %s decodes", async (world) => {
  const text = `package shop:everything; world w { include ${world}; }`;
  const decoded = worldOfComponent(await dummyPlatformComponent(text, "w"));
  expect(comparable(decoded)).toEqual(comparable(withoutUnused(written(text), decoded)));
});

test("the world is called root:component/root, for the binary does not keep its name", async () => {
  const bytes = await dummyComponent("package a:b; world w {}", "w");
  expect(worldOfComponent(bytes)).toEqual({
    id: "root:component/root",
    imports: new Map(),
    exports: new Map(),
  });
});

test("a resource is one object wherever the component uses it", async () => {
  const { imports } = worldOfComponent(await dummyComponent(`${shapes} world w { import middle; }`, "w"));
  const [base, middle] = ["base", "middle"].map((name) => {
    const item = imports.get(`shop:shapes/${name}@1.2.3`);
    return item?.kind === "interface" ? item.interface : undefined;
  });
  expect(middle?.types.get("trolley")).toEqual({
    kind: "own",
    resource: { name: "basket", interface: "shop:shapes/base@1.2.3" },
  });
  expect(middle?.resources).toEqual(["receipt"]);
  expect(base?.resources).toEqual(["basket"]);
});
