import { BinaryReader } from "@golem-kit/wit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DataSegments, dataSegments } from "../src/componentize/data-segments.ts";

const PAGE = 65_536;

/** A memory as an engine makes it of the segments: the bytes of a module around them are enough for WebAssembly itself. */
function restore({ pages, count, bytes }: DataSegments): Uint8Array {
  const number = (value: number): number[] => {
    const low = value & 0x7f;
    return value < 0x80 ? [low] : [low | 0x80, ...number(value >>> 7)];
  };
  const section = (id: number, content: readonly number[]): number[] => [
    id,
    ...number(content.length),
    ...content,
  ];
  const module = Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(5, [1, 0, ...number(pages)]),
    ...section(7, [1, 1, 0x6d, 2, 0]),
    ...section(11, [...number(count), ...bytes]),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
  return new Uint8Array((exports["m"] as WebAssembly.Memory).buffer);
}

/** Segments as they lie: address and length of each. */
function partsOf({ count, bytes }: DataSegments): readonly (readonly [number, number])[] {
  const reader = new BinaryReader(bytes);
  return Array.from({ length: count }, () => {
    reader.skip(2);
    const address = reader.u32();
    reader.skip(1);
    const length = reader.u32();
    reader.skip(length);
    return [address, length] as const;
  });
}

test("any memory is made again", () => {
  const writes = fc.array(fc.tuple(fc.nat(PAGE - 60), fc.uint8Array({ minLength: 1, maxLength: 60 })));
  fc.assert(
    fc.property(writes, (all) => {
      const memory = new Uint8Array(PAGE);
      for (const [at, bytes] of all) memory.set(bytes, at);
      expect(Buffer.compare(restore(dataSegments(memory)), memory)).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("a memory without anything has no segments", () => {
  expect(dataSegments(new Uint8Array(2 * PAGE))).toEqual({ pages: 2, count: 0, bytes: new Uint8Array() });
});

test.each([
  [12, 1],
  [13, 2],
])("of %i zero bytes between two others come %i segments, wherever they lie", (gap, segments) => {
  for (let at = 64; at < 68; at += 1) {
    const memory = new Uint8Array(PAGE);
    memory[at] = 1;
    memory[at + gap + 1] = 2;
    const parts = partsOf(dataSegments(memory));
    expect(parts.length).toBe(segments);
    expect(parts.at(-1)?.reduce((sum, each) => sum + each, 0)).toBe(at + gap + 2);
  }
});

test("the last byte of a memory is not forgotten", () => {
  const memory = new Uint8Array(PAGE);
  memory[PAGE - 1] = 7;
  expect(restore(dataSegments(memory)).at(-1)).toBe(7);
});
