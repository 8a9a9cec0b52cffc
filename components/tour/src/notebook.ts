const written: string[] = [];

export function note(text: string): number {
  return written.push(text);
}

export function notes(): string[] {
  return written;
}

/** What an update by snapshot takes along to the other version, whose `load` gets it. */
export function save(): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(written));
}

/** If this throws, the update fails, and the worker keeps its version. */
export function load(bytes: Uint8Array): void {
  const notes = JSON.parse(new TextDecoder().decode(bytes)) as string[];
  written.splice(0, written.length, ...notes);
}
