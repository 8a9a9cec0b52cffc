import { BinaryReader, PREAMBLE, leb128 } from "@golem-kit/wit";

import { CORE_SECTION, CoreSections } from "./core-sections.ts";

const PAGE_SIZE = 65_536;
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
  const sections = new CoreSections(module);
  const memories = sections.get(CORE_SECTION.memory);
  if (memories === undefined) return module;
  const bounded = boundedMemories(new BinaryReader(memories), Math.floor(limit / PAGE_SIZE));
  sections.set(CORE_SECTION.memory, Uint8Array.from(bounded));
  return sections.write(module.subarray(0, PREAMBLE));
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
