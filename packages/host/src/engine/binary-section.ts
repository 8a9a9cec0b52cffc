import { sectionHead } from "@golem-kit/wit";

/** A section of a core module or a component, as it is written. */
export function sectionOf(id: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([sectionHead(id, content.length), content]);
}
