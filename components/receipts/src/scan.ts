/** What a scanner would send: `size` bytes that count up, 0 to 250 and again. */
export function scannedPages(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const page = Uint8Array.from({ length: 251 }, (_, index) => index);
  for (let at = 0; at < size; at += page.length) bytes.set(page.subarray(0, size - at), at);
  return bytes;
}

/** In hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
