import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { pieces, resolveRange } from "../src/byte-range.ts";

const offset = fc.option(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(-Infinity, Infinity)), {
  nil: undefined,
});

describe("resolveRange", () => {
  test("names the bytes that slice would give", () => {
    fc.assert(
      fc.property(offset, offset, fc.nat({ max: 40 }), (start, end, size) => {
        const bytes = Uint8Array.from({ length: size }, (_, index) => index);
        const range = resolveRange(
          { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
          size,
        );
        expect(bytes.slice(range.start, range.end)).toEqual(bytes.slice(start, end));
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });

  test("of an empty object is empty", () => {
    expect(resolveRange({}, 0)).toEqual({ start: 0, end: 0 });
  });

  test.each([0.5, Number.NaN])("refuses the position %d", (start) => {
    expect(() => resolveRange({ start }, 10)).toThrow(`${start} is no position of a byte`);
  });
});

describe("pieces", () => {
  test("are consecutive, not empty, and not too long", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 100 }),
        fc.nat({ max: 100 }),
        fc.integer({ min: 1, max: 30 }),
        (start, size, length) => {
          let at = start;
          for (const piece of pieces(start, start + size, length)) {
            expect(piece.start).toBe(at);
            expect(piece.end - piece.start).toBeGreaterThan(0);
            expect(piece.end - piece.start).toBeLessThanOrEqual(length);
            at = piece.end;
          }
          expect(at).toBe(start + size);
        },
      ),
    );
  });
});
