/** Signatures and offsets of the zip format (APPNOTE 4.3.12 and 4.3.16), all little-endian. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const IS_UTF8 = 0x800;

/**
 * The CRC-32 of each file of a zip archive, by its name there: what an archive says of its sizes may be wrong, and what was
 * unpacked by it too. Of archives in the form for more than 4 GB (zip64) nothing is known.
 */
export function archiveChecksums(archive: Uint8Array): ReadonlyMap<string, number> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const checksums = new Map<string, number>();
  let end = archive.length - END_SIZE;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) return checksums;
  let at = view.getUint32(end + 16, true);
  while (at + ENTRY_SIZE <= archive.length && view.getUint32(at, true) === ENTRY) {
    const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true);
    const encoding = (view.getUint16(at + 8, true) & IS_UTF8) === 0 ? "latin1" : "utf8";
    const name = Buffer.from(archive.subarray(at + ENTRY_SIZE, nameEnd)).toString(encoding);
    checksums.set(name, view.getUint32(at + 16, true));
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return checksums;
}
