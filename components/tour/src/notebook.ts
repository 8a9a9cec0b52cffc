const written: string[] = [];

export function note(text: string): number {
  return written.push(text);
}

export function notes(): string[] {
  return written;
}
