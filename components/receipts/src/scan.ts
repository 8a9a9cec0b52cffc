const PAGE = 65_536;

/** What a scanner would send, page by page: `size` bytes that count up, 0 to 250 and again. */
export function* scannedPages(size: number): Generator<Uint8Array> {
  for (let at = 0; at < size; at += PAGE) {
    yield Uint8Array.from({ length: Math.min(PAGE, size - at) }, (_, index) => (at + index) % 251);
  }
}

export async function sumOf(pages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<bigint> {
  let total = 0;
  for await (const page of pages) for (const byte of page) total += byte;
  return BigInt(total);
}
