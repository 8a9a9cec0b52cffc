const written: string[] = [];

export function note(text: string): number {
  return written.push(text);
}

export function notes(): string[] {
  return written;
}

/** Begins with these notes. */
export function remember(saved: readonly string[]): void {
  written.splice(0, written.length, ...saved);
}
