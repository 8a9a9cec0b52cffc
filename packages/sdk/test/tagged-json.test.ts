import fc from "fast-check";
import { expect, test } from "vitest";

import { fromTaggedJson, toTaggedJson } from "../src/tagged-json.ts";

const { value: anything } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.bigInt(),
    fc.string(),
    fc.uint8Array(),
  ),
  value: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.array(tie("value")),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("$"), fc.constant("__proto__")), tie("value"), {
      noNullPrototype: true,
    }),
  ),
}));

test("what is written comes back, and is JSON", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const text = toTaggedJson(value);
      expect(() => JSON.parse(text)).not.toThrow();
      expect(fromTaggedJson(text)).toStrictEqual(value);
    }),
  );
});

test("what has no words becomes nothing", () => {
  expect(fromTaggedJson(toTaggedJson({ call: () => 1, mark: Symbol("mark") }))).toStrictEqual({
    call: undefined,
    mark: undefined,
  });
});

test("a circle is refused", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(() => toTaggedJson(circle)).toThrow("more than 100 levels deep");
});
