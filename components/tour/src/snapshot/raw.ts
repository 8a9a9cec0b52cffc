import { notes } from "../notebook.ts";

/** What an update by snapshot takes along to the other version. */
export function save(): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(notes()));
}
