import { expect, test } from "vitest";
import { mendRepeatedInterfaces } from "../src/componentize/repeated-interfaces.ts";

/** As componentize-js writes the bindings of `archive:ce/ce` and `shop:ce/ce`, and of another interface. */
const bindings = `let [$memory, $resource_import$ce$drop$item, $resource_import$other$drop$item, $resource_import$ce$drop$item] = $bindings;
const finalizationRegistry_import$ce$item = new FinalizationRegistry((handle) => {
  $resource_import$ce$drop$item(handle);
});
const finalizationRegistry_import$ce$item = new FinalizationRegistry((handle) => {
  $resource_import$ce$drop$item(handle);
});
class import_ce$Item {
  open() { return Object.create(import_ce$Item.prototype); }
}
class import_other$Item {
  open() { return Object.create(import_other$Item.prototype); }
}
class import_ce$Item {
  open() { return Object.create(import_ce$Item.prototype); }
}
defineBuiltinModule('archive:ce/ce', {
  Item: import_ce$Item
});
defineBuiltinModule('shop:ce/ce', {
  Item: import_ce$Item
});
`;

test("each interface has names of its own, wherever they are used", () => {
  expect(mendRepeatedInterfaces(bindings).split("\n")).toEqual([
    "let [$memory, $resource_import$ce$drop$item, $resource_import$other$drop$item, $resource_import$ce$drop$item$1] = $bindings;",
    "const finalizationRegistry_import$ce$item = new FinalizationRegistry((handle) => {",
    "  $resource_import$ce$drop$item(handle);",
    "});",
    "const finalizationRegistry_import$ce$item$1 = new FinalizationRegistry((handle) => {",
    "  $resource_import$ce$drop$item$1(handle);",
    "});",
    "class import_ce$Item {",
    "  open() { return Object.create(import_ce$Item.prototype); }",
    "}",
    "class import_other$Item {",
    "  open() { return Object.create(import_other$Item.prototype); }",
    "}",
    "class import_ce$Item$1 {",
    "  open() { return Object.create(import_ce$Item$1.prototype); }",
    "}",
    "defineBuiltinModule('archive:ce/ce', {",
    "  Item: import_ce$Item",
    "});",
    "defineBuiltinModule('shop:ce/ce', {",
    "  Item: import_ce$Item$1",
    "});",
    "",
  ]);
});

test("bindings without such interfaces stay as they are", () => {
  const [first = ""] = bindings.split("class import_other");
  const plain = first.replace(/const finalization[^]*?\n}\);\n/, "");

  expect(mendRepeatedInterfaces(plain)).toBe(plain);
});
