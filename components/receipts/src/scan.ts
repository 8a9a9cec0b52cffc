const PAGE = Uint8Array.from({ length: 4_096 }, (_, index) => index % 251);

/** What a scanner would send, page by page, until it is `size` bytes. */
export function* scannedPages(size: number): Generator<Uint8Array> {
  for (let left = size; left > 0; left -= PAGE.length) yield PAGE.subarray(0, left);
}
