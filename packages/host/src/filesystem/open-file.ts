import {
  type BigIntStats,
  closeSync,
  fstatSync,
  ftruncateSync,
  futimesSync,
  readSync,
  writeSync,
} from "node:fs";

import type { DiskUsage } from "./disk-usage.ts";
import { FilesystemError } from "./filesystem-error.ts";
import type { FileTimes, Times } from "./file-times.ts";

/** The most that one read returns, whatever the guest asks for. */
const LARGEST_READ = 64n * 1_048_576n;

/** Offsets are signed 64-bit numbers to the operating system. */
const LARGEST_OFFSET = 2n ** 63n - 1n;

/** Where numbers are no longer exact; no file system has files of this size. */
const LARGEST_POSITION = BigInt(Number.MAX_SAFE_INTEGER);

export interface OpenFileParts {
  /** Of the operating system. */
  readonly fd: number;
  /** As the guest sees it: absolute. */
  readonly path: string;
  /** What the guest asked for, and is told; the file may be open for more. */
  readonly flags: { readonly read: boolean; readonly write: boolean };
  readonly readable: boolean;
  readonly writable: boolean;
  /** A read-only initial file: what would change it is not permitted. */
  readonly protected: boolean;
  readonly times: FileTimes;
  readonly usage: DiskUsage;
}

/** An open file. It is closed when the guest has dropped its descriptor and every stream over it. */
export class OpenFile {
  readonly kind = "file";
  readonly path: string;
  readonly flags: OpenFileParts["flags"];
  readonly #parts: OpenFileParts;
  readonly #closed: (file: OpenFile) => void;
  #fd: number | undefined;
  #users = 1;

  /** @param closed told when the file is closed */
  constructor(parts: OpenFileParts, closed: (file: OpenFile) => void) {
    this.path = parts.path;
    this.flags = parts.flags;
    this.#parts = parts;
    this.#fd = parts.fd;
    this.#closed = closed;
  }

  /** One more user, who calls `release`. */
  retain(): void {
    this.#users += 1;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.close();
  }

  /** Closes the file whoever uses it; a second call does nothing. */
  close(): void {
    this.#users = 0;
    if (this.#fd === undefined) return;
    const fd = this.#fd;
    this.#fd = undefined;
    this.#closed(this);
    closeSync(fd);
  }

  stat(): BigIntStats {
    return fstatSync(this.#system(), { bigint: true });
  }

  setTimes(times: Times): void {
    this.#parts.times.set(
      times,
      () => this.stat(),
      (accessed, modified) => futimesSync(this.#system(), accessed, modified),
    );
  }

  /** At most `length` bytes; none at or beyond the end. @throws FilesystemError or an error of the system */
  read(length: bigint, offset: bigint): Uint8Array {
    this.assertReadable();
    if (offset > LARGEST_OFFSET) throw new FilesystemError("invalid");
    const left = this.stat().size - offset;
    const count = [length, left, LARGEST_READ].reduce((least, each) => (each < least ? each : least));
    const content = new Uint8Array(Math.max(0, Number(count)));
    return content.subarray(0, readSync(this.#system(), content, 0, content.length, offset));
  }

  /** All of `content`. @throws FilesystemError or an error of the system */
  write(content: Uint8Array, offset: bigint): void {
    this.assertWritable();
    if (offset > LARGEST_OFFSET) throw new FilesystemError("invalid");
    if (offset + BigInt(content.length) > LARGEST_POSITION) throw new FilesystemError("file-too-large");
    const fd = this.#system();
    for (let written = 0; written < content.length;) {
      written += writeSync(fd, content, written, content.length - written, Number(offset) + written);
    }
    this.#parts.usage.wrote(content.length);
  }

  /** @throws FilesystemError or an error of the system */
  setSize(size: bigint): void {
    this.assertChangeable();
    if (size > LARGEST_OFFSET || !this.#parts.writable) throw new FilesystemError("invalid");
    if (size > LARGEST_POSITION) throw new FilesystemError("file-too-large");
    ftruncateSync(this.#system(), Number(size));
  }

  /** The system gives the number of a closed file to another one, which may be another worker's. */
  #system(): number {
    if (this.#fd === undefined) throw new FilesystemError("bad-descriptor");
    return this.#fd;
  }

  /** @throws FilesystemError `bad-descriptor` */
  assertReadable(): void {
    if (!this.#parts.readable) throw new FilesystemError("bad-descriptor");
  }

  /** @throws FilesystemError `not-permitted`, `bad-descriptor` */
  assertWritable(): void {
    this.assertChangeable();
    if (!this.#parts.writable) throw new FilesystemError("bad-descriptor");
  }

  /** @throws FilesystemError `not-permitted` */
  assertChangeable(): void {
    if (this.#parts.protected) throw new FilesystemError("not-permitted");
  }
}
