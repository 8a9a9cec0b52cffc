import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

import { withStorageErrors } from "../ground/storage-error.ts";

/** Bytes of the checksum that comes before the content. */
const CHECKSUM = 4;

/** Where something of one worker is kept that its oplog says too: it may be lost at any time. */
export class DerivedFile {
  readonly #path: string;

  /** @param path of a file, whose folder need not exist yet */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @param decode makes of the content what it says; if it throws, that is of no use
   * @returns `undefined` if there is none, or it is not what was written, or of no use
   */
  read<T>(decode: (content: Buffer) => T): T | undefined {
    try {
      const bytes = readFileSync(this.#path);
      const content = bytes.subarray(CHECKSUM);
      return bytes.readUInt32LE() === crc32(content) ? decode(content) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The one before is there until this one is whole. @throws StorageError */
  write(content: Uint8Array): void {
    const partial = `${this.#path}.part`;
    const checksum = Buffer.alloc(CHECKSUM);
    checksum.writeUInt32LE(crc32(content));
    withStorageErrors(this.#path, () => {
      try {
        mkdirSync(dirname(this.#path), { recursive: true });
        writeFileSync(partial, Buffer.concat([checksum, content]));
        renameSync(partial, this.#path);
      } catch (error) {
        rmSync(partial, { force: true });
        throw error;
      }
    });
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
