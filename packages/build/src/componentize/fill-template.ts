import { leb128, PREAMBLE, sectionHead } from "@golem-kit/wit";
import { CODE, CORE_MODULE, DATA, DATA_COUNT, MEMORIES, section, sectionsOf } from "./core-module.ts";
import type { DataSegments } from "./data-segments.ts";

/** A memory without a maximum. */
const MINIMUM_ONLY = 0;

/** A component as parts of its bytes: a template with the memory of an initialised engine. Takes milliseconds; nothing is copied. */
export function fillTemplate(template: Uint8Array, data: DataSegments): readonly Uint8Array[] {
  const parts = sectionsOf(template);
  const at = parts.findIndex(({ id }) => id === CORE_MODULE);
  const engine = parts[at];
  if (engine === undefined) throw new Error("The component has no engine");
  const module = [
    engine.content.subarray(0, PREAMBLE),
    ...sectionsOf(engine.content).flatMap(({ id, bytes }) => {
      if (id === MEMORIES) return [section(MEMORIES, [1, MINIMUM_ONLY], leb128(data.pages))];
      if (id !== CODE) return [bytes];
      const count = leb128(data.count);
      return [
        section(DATA_COUNT, count),
        bytes,
        sectionHead(DATA, count.length + data.bytes.length),
        Uint8Array.from(count),
        data.bytes,
      ];
    }),
  ];
  const length = module.reduce((sum, part) => sum + part.length, 0);
  const filled = [sectionHead(CORE_MODULE, length), ...module];
  return [
    template.subarray(0, PREAMBLE),
    ...parts.flatMap(({ bytes }, index) => (index === at ? filled : [bytes])),
  ];
}
