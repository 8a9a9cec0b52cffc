import { BinaryReader, PREAMBLE, leb128 } from "@golem-kit/wit";

import { sectionOf } from "./binary-section.ts";

const PAGE_SIZE = 65_536;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
/** Flags of memories with 64-bit addresses: they count in other numbers. */
const WIDE = 4;

/**
 * The same core module, but none of its memories grows beyond `limit`: where it would, growing fails, as it does when a
 * machine has no more. A memory that is larger from the beginning stays as it is.
 *
 * @param limit bytes
 */
export function boundMemories(module: Uint8Array<ArrayBuffer>, limit: number): Uint8Array<ArrayBuffer> {
  const reader = new BinaryReader(module);
  reader.window(PREAMBLE);
  let end = PREAMBLE;
  for (const { id, content, end: sectionEnd } of reader.sections()) {
    if (id === MEMORY_SECTION) {
      const memories = Uint8Array.from(boundedMemories(content, Math.floor(limit / PAGE_SIZE)));
      const section = sectionOf(MEMORY_SECTION, memories);
      return Buffer.concat([module.subarray(0, end), section, module.subarray(sectionEnd)]);
    }
    end = sectionEnd;
  }
  return module;
}

function boundedMemories(content: BinaryReader, pages: number): number[] {
  const memories = content.vector(() => {
    const flags = content.byte();
    const initial = content.u32();
    const maximum = (flags & HAS_MAXIMUM) === 0 ? undefined : content.u32();
    const stays = (flags & WIDE) !== 0 || initial > pages;
    const bound = stays ? maximum : Math.min(maximum ?? pages, pages);
    return [
      bound === undefined ? flags : flags | HAS_MAXIMUM,
      ...leb128(initial),
      ...(bound === undefined ? [] : leb128(bound)),
    ];
  });
  return [...leb128(memories.length), ...memories.flat()];
}
