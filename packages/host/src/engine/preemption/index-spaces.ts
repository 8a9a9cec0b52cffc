import { BinaryReader } from "@golem-kit/wit";

import { CORE_SECTION, type CoreSections } from "../core-sections.ts";

/** How many of each a core module has, imported ones included: the index of the next one. */
export interface IndexSpaces {
  readonly types: number;
  readonly functions: number;
  readonly tables: number;
  readonly globals: number;
}

export function indexSpaces(sections: CoreSections): IndexSpaces {
  const imported = importsOf(sections);
  const count = (kind: number): number => imported.filter((each) => each.kind === kind).length;
  return {
    types: countTypes(new BinaryReader(sections.get(CORE_SECTION.type) ?? Uint8Array.of(0))),
    functions: count(0) + sections.count(CORE_SECTION.function),
    tables: count(1) + sections.count(CORE_SECTION.table),
    globals: count(3) + sections.count(CORE_SECTION.global),
  };
}

/** Of each global that a core module imports, whether it can change. */
export function importedGlobals(sections: CoreSections): readonly boolean[] {
  return importsOf(sections).flatMap(({ kind, isMutable }) => (kind === 3 ? [isMutable] : []));
}

interface CoreImport {
  /** 0 function, 1 table, 2 memory, 3 global, 4 tag. */
  readonly kind: number;
  /** Of a global. */
  readonly isMutable: boolean;
}

function importsOf(sections: CoreSections): readonly CoreImport[] {
  const reader = new BinaryReader(sections.get(CORE_SECTION.import) ?? Uint8Array.of(0));
  return reader.vector(() => {
    let isMutable = false;
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) reader.u32();
    else if (kind === 1) {
      skipValueType(reader);
      skipLimits(reader);
    } else if (kind === 2) skipLimits(reader);
    else if (kind === 3) {
      skipValueType(reader);
      isMutable = reader.byte() === 1;
    } else {
      reader.byte();
      reader.u32();
    }
    return { kind, isMutable };
  });
}

/** Types of a recursive group have an index each. */
function countTypes(reader: BinaryReader): number {
  const groups = reader.vector(() => {
    const form = reader.byte();
    if (form !== 0x4e) {
      skipType(reader, form);
      return 1;
    }
    return reader.vector(() => skipType(reader, reader.byte())).length;
  });
  return groups.reduce((sum, size) => sum + size, 0);
}

function skipType(reader: BinaryReader, form: number): void {
  switch (form) {
    // A subtype, final or not: its supertypes, then the type.
    case 0x4f:
    case 0x50:
      reader.vector(() => reader.u32());
      skipType(reader, reader.byte());
      break;
    case 0x5e:
      skipField(reader);
      break;
    case 0x5f:
      reader.vector(() => skipField(reader));
      break;
    default:
      reader.vector(() => skipValueType(reader));
      reader.vector(() => skipValueType(reader));
  }
}

function skipField(reader: BinaryReader): void {
  skipValueType(reader);
  reader.byte();
}

function skipValueType(reader: BinaryReader): void {
  const form = reader.byte();
  if (form === 0x63 || form === 0x64) reader.s33();
}

function skipLimits(reader: BinaryReader): void {
  const flags = reader.byte();
  skipSize(reader);
  if ((flags & 1) !== 0) skipSize(reader);
}

/** Sizes of 64-bit memories take up to ten bytes. */
function skipSize(reader: BinaryReader): void {
  while (reader.byte() >= 0x80);
}
