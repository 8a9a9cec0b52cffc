import { leb128 } from "@golem-kit/wit";
import { expect, test } from "vitest";

import { nameOf, sectionOf } from "../../src/engine/binary-section.ts";
import { splitImage, writeImage } from "../../src/engine/memory-image.ts";
import { splitComponent } from "../../src/engine/split-component.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";

const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const MEGABYTE = 2 ** 20;

interface Segment {
  /** A constant expression. */
  readonly offset: readonly number[];
  readonly bytes: Uint8Array;
}

/** A module that exports its memory of 40 pages. */
function moduleWith(
  segments: readonly Segment[],
  memories: readonly number[] = [1, 0, 40],
): Uint8Array<ArrayBuffer> {
  const data = segments.map(({ offset, bytes }) =>
    Buffer.concat([Uint8Array.from([0, ...offset, 0x0b, ...leb128(bytes.length)]), bytes]),
  );
  return Uint8Array.from(
    Buffer.concat([
      Uint8Array.from(PREAMBLE),
      sectionOf(5, Uint8Array.from(memories)),
      sectionOf(6, Uint8Array.from([1, 0x7f, 0, 0x41, 8, 0x0b])),
      sectionOf(7, Uint8Array.from([1, ...nameOf("heap"), 2, 0])),
      sectionOf(12, Uint8Array.from(leb128(data.length))),
      sectionOf(11, Buffer.concat([Uint8Array.from(leb128(data.length)), ...data])),
    ]),
  );
}

/** `i32.const`, of an address below 8192 or of 2 MiB. */
const at = (address: number): number[] => [
  0x41,
  ...(address === 2 * MEGABYTE ? [0x80, 0x80, 0x80, 0x01] : [(address & 0x7f) | 0x80, address >> 7]),
];

function noise(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff);
}

function memoryOf(instance: WebAssembly.Instance): Uint8Array {
  const { heap } = instance.exports;
  if (!(heap instanceof WebAssembly.Memory)) throw new Error("No memory");
  return new Uint8Array(heap.buffer);
}

const instantiate = async (module: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Instance> =>
  new WebAssembly.Instance(await WebAssembly.compile(module));

test("an instance of the code with the image has what one of the whole module has", async () => {
  const segments = [
    { offset: at(17), bytes: noise(MEGABYTE, 1) },
    { offset: at(2 * MEGABYTE), bytes: noise(5_000, 2) },
    // Later segments count.
    { offset: at(100), bytes: noise(10, 3) },
  ];
  const module = moduleWith(segments);
  const split = splitImage(module);
  if (split === undefined) throw new Error("It is not split");
  const instance = await instantiate(split.code);
  writeImage(instance, split.image);
  expect(Buffer.compare(memoryOf(instance), memoryOf(await instantiate(module)))).toBe(0);
  expect(split.image.bytes.byteLength).toBeLessThan(MEGABYTE + 5_000 + 4 * 4_096);
});

test("what a module keeps in its memory, and how much that is, is no part of its code", () => {
  const code = ([first, pages]: readonly [number, number]) =>
    splitImage(moduleWith([{ offset: at(0), bytes: noise(MEGABYTE, first) }], [1, 0, pages]))?.code;
  expect(code([1, 40])).toEqual(code([2, 41]));
});

test.each([
  ["of few data", moduleWith([{ offset: at(0), bytes: noise(1_000, 1) }])],
  [
    "whose data are at an address of another kind",
    moduleWith([{ offset: [0x23, 0], bytes: noise(MEGABYTE, 1) }]),
  ],
  [
    "whose memory may not grow without end",
    moduleWith([{ offset: at(0), bytes: noise(MEGABYTE, 1) }], [1, 1, 40, 50]),
  ],
  ["of a large memory", moduleWith([{ offset: at(0), bytes: noise(MEGABYTE, 1) }], [1, 0, 0x80, 0x80, 0x02])],
  ["whose data are beyond its memory", moduleWith([{ offset: at(0), bytes: noise(MEGABYTE, 1) }], [1, 0, 1])],
])("a module %s stays whole", (_, module) => {
  expect(splitImage(module)).toBeUndefined();
});

test("two programs for one engine are one code", async () => {
  const { wasm } = await fixtureComponent("probe");
  const other = Uint8Array.from(wasm);
  const text = Buffer.from(other.buffer).indexOf("nothing to double");
  expect(text).toBeGreaterThan(0);
  other.set(Buffer.from("something"), text);
  const [one, two] = [splitComponent(wasm), splitComponent(other)];
  expect(Buffer.compare(Buffer.concat(one.code), Buffer.concat(two.code))).toBe(0);
  expect([...one.images.keys()]).toEqual([0]);
});

test("a component with a module that cannot be read stays whole", () => {
  const broken = moduleWith([{ offset: at(0), bytes: noise(MEGABYTE, 1) }]).subarray(0, -10);
  const component = Buffer.concat([
    Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]),
    sectionOf(1, broken),
  ]);
  const { code, images } = splitComponent(component);
  expect(images.size).toBe(0);
  expect(Buffer.compare(Buffer.concat(code), component)).toBe(0);
});
