import { expect, test } from "vitest";
import { bestCompatible, isCompatible, nearestName, parseWitId, printWitId } from "../src/index.ts";

test.each([
  ["0.2.0", "0.2.0", true],
  ["0.2.0", "0.2.12", true],
  ["0.2.3", "0.2.1", false],
  ["0.2.0", "0.3.0", false],
  ["0.0.1", "0.0.2", false],
  ["1.1.0", "1.1.6", true],
  ["1.1.0", "1.2.0", true],
  ["1.1.0", "2.0.0", false],
  ["1.0.0-rc.1", "1.0.0-rc.2", true],
  [undefined, "1.0.0", true],
  ["1.0.0", undefined, false],
  [undefined, undefined, true],
])("a reference to %s is satisfied by %s: %s", (wanted, offered, expected) => {
  expect(isCompatible(wanted, offered)).toBe(expected);
});

test("the very version is preferred to a newer one, which is preferred to an older one", () => {
  const offers = ["1.1.0", "1.10.0", "1.9.0", "2.0.0"].map((version) => ({ version }));
  expect(bestCompatible("1.1.0", offers)?.version).toBe("1.1.0");
  expect(bestCompatible("1.0.0", offers)?.version).toBe("1.10.0");
  expect(bestCompatible("3.0.0", offers)).toBeUndefined();
});

test.each(["wasi:io/poll@0.2.0", "wasi:logging/logging", "a:b:c/d/e@1.0.0-rc.1"])("%s has parts", (id) => {
  const parts = parseWitId(id);
  expect(parts && printWitId(parts)).toBe(id);
});

test("a plain name has no parts", () => {
  expect(parseWitId("poll")).toBeUndefined();
});

test("a nearest name is near", () => {
  expect(nearestName("strng", ["option", "string", "list"])).toBe("string");
  expect(nearestName("ab", ["xy"])).toBeUndefined();
  expect(nearestName("string", [])).toBeUndefined();
});
