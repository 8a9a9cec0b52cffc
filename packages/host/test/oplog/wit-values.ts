import fc from "fast-check";

/** JavaScript values in every shape that a WIT type has, `depth` levels deep. */
export const witValues: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => {
  const inner = tie("value");
  const field = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
  return {
    value: fc.oneof(
      { maxDepth: 4 },
      fc.boolean(),
      fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
      fc.double(),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** -1074),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 0n, -1n),
      fc.string({ unit: "grapheme" }),
      fc.constant(undefined),
      fc.uint8Array(),
      fc.array(inner),
      fc.dictionary(field, inner, { noNullPrototype: true }),
      fc.record(
        { tag: fc.constantFrom("ok", "err", "some", "a-case"), val: inner },
        { requiredKeys: ["tag"], noNullPrototype: true },
      ),
      fc.record({ handle: fc.nat() }, { noNullPrototype: true }),
    ),
  };
}).value;
