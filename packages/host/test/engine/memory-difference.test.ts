import fc from "fast-check";
import { expect, test } from "vitest";

import { applyDifference, memoryDifference } from "../../src/engine/memory-difference.ts";
import type { MemoryImage } from "../../src/engine/memory-image.ts";

const PAGE = 65_536;
const BLOCK = 4_096;

/** An image of two pages with something in the second and third, and in the last block. */
function image(seed: number): MemoryImage {
  const bytes = new SharedArrayBuffer(3 * BLOCK);
  new Uint8Array(bytes).forEach((_, at, all) => (all[at] = (at * 7 + seed) & 0xff));
  return {
    memory: "memory",
    pages: 2,
    bytes,
    parts: [
      { address: BLOCK, length: 2 * BLOCK },
      { address: 2 * PAGE - BLOCK, length: BLOCK },
    ],
  };
}

function begun(from: MemoryImage | undefined): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: 2 });
  let read = 0;
  for (const { address, length } of from?.parts ?? []) {
    new Uint8Array(memory.buffer).set(new Uint8Array(from?.bytes ?? memory.buffer, read, length), address);
    read += length;
  }
  return memory;
}

const writes = fc.array(fc.record({ at: fc.nat(4 * PAGE - 1), value: fc.nat(255) }), { maxLength: 40 });

test("what a memory differs in makes a fresh one the same, whatever either has begun with and has in it", () => {
  fc.assert(
    fc.property(
      fc.option(fc.nat(255), { nil: undefined }),
      fc.nat(2),
      writes,
      writes,
      (seed, grown, own, left) => {
        const base = seed === undefined ? undefined : image(seed);
        const memory = begun(base);
        memory.grow(grown);
        const present = new Uint8Array(memory.buffer);
        for (const { at, value } of own) if (at < present.length) present[at] = value;
        const fresh = begun(base);
        const before = new Uint8Array(fresh.buffer);
        for (const { at, value } of left) if (at < before.length) before[at] = value;

        applyDifference(fresh, memoryDifference(memory, base), base);

        expect(Buffer.from(fresh.buffer).equals(present)).toBe(true);
      },
    ),
  );
});

test("a memory that is what it has begun with differs in nothing", () => {
  expect(memoryDifference(begun(image(3)), image(3)).addresses).toHaveLength(0);
});
