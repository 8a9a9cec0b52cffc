import { parseWit, resolveWit, type WitWorld } from "@golem-kit/wit";
import { expect, test } from "vitest";
import { interfaceChanges } from "../src/interface-changes.ts";

function worldOf(functions: string): WitWorld {
  const text = `package shop:orders;\ninterface api {\n record line { sku: string }\n resource invoice {\n add: func(line: line);\n }\n ${functions}\n}\nworld orders {\n export api;\n}`;
  return resolveWit([parseWit(text)]).world("shop:orders/orders");
}

const before = worldOf("add-line: func(line: line) -> u32;\n get: func() -> list<line>;");

test.for<readonly [what: string, functions: string, changes: readonly object[]]>([
  ["what is the same", "add-line: func(line: line) -> u32;\n get: func() -> list<line>;", []],
  ["what is new", "add-line: func(line: line) -> u32;\n get: func() -> list<line>;\n place: func();", []],
  [
    "what is gone",
    "get: func() -> list<line>;",
    [{ function: "add-line", change: "gone", members: ["addLine", "blockingAddLine", "scheduleAddLine"] }],
  ],
  [
    "what returns something else",
    "add-line: func(line: line) -> u64;\n get: func() -> list<line>;",
    [{ function: "add-line", change: "changed" }],
  ],
  [
    "what takes more",
    "add-line: func(line: line, times: u32) -> u32;\n get: func() -> list<line>;",
    [{ function: "add-line", change: "changed" }],
  ],
])("of an interface %s is told accordingly", ([, functions, changes]) => {
  expect(interfaceChanges(before, worldOf(functions))).toMatchObject(changes);
});

test("a method of a resource counts as what it is called", () => {
  const after = worldOf("add-line: func(line: line) -> u32;\n get: func() -> list<line>;");
  const without = resolveWit([
    parseWit(
      "package shop:orders;\ninterface api {\n record line { sku: string }\n resource invoice;\n add-line: func(line: line) -> u32;\n get: func() -> list<line>;\n}\nworld orders {\n export api;\n}",
    ),
  ]).world("shop:orders/orders");

  expect(interfaceChanges(after, without)).toMatchObject([
    { function: "invoice.add", change: "gone", members: ["add", "blockingAdd", "scheduleAdd"] },
  ]);
});
