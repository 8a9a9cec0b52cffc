import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { bytesCodec, CodecError, isCodecError, jsonCodec, textCodec } from "../src/codec.ts";
import { thrownBy } from "./thrown-by.ts";

describe("jsonCodec", () => {
  test("gives back every JSON value, −0 too", () => {
    const json = jsonCodec();
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(json.decode(json.encode(value as never))).toEqual(value);
      }),
    );
  });

  test.each([[undefined], [Symbol("s")], [() => 1]])("refuses %s", (value) => {
    expect(() => jsonCodec<unknown>().encode(value)).toThrow(CodecError);
  });

  test("says where in a value it is that cannot be written, and what to do", () => {
    expect(() => jsonCodec<unknown>().encode({ tea: [{ at: () => 1 }] })).toThrow(
      "The value cannot be written as JSON: tea[0].at is a function. Write plain data in its place, or give a codec.",
    );
  });

  test("says what was stored instead of JSON", () => {
    expect(() => jsonCodec().decode(textCodec.encode("not json"))).toThrow('is not JSON: "not json"');
  });
});

describe("textCodec", () => {
  test("gives back every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(textCodec.decode(textCodec.encode(text))).toBe(text);
      }),
    );
  });

  test.each(["\ud800", "tea\udc00", "\udc00\ud800"])("refuses half of a character: %j", (text) => {
    expect(() => textCodec.encode(text)).toThrow("which UTF-8 cannot say");
  });

  test("keeps a byte order mark", () => {
    expect(textCodec.decode(textCodec.encode("\uFEFFa"))).toBe("\uFEFFa");
  });

  test("refuses bytes that are not UTF-8", () => {
    expect(isCodecError(thrownBy(() => textCodec.decode(Uint8Array.of(0xff))))).toBe(true);
  });
});

test("bytesCodec does not copy", () => {
  const bytes = Uint8Array.of(1, 2);
  expect(bytesCodec.decode(bytesCodec.encode(bytes))).toBe(bytes);
});
