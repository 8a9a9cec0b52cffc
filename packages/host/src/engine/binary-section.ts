import { leb128, sectionHead } from "@golem-kit/wit";

/** A section of a core module or a component, as it is written. */
export function sectionOf(id: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([sectionHead(id, content.length), content]);
}

/** A name, as it is written. */
export function nameOf(text: string): readonly number[] {
  const bytes = new TextEncoder().encode(text);
  return [...leb128(bytes.length), ...bytes];
}
