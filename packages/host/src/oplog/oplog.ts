import type { OplogRow } from "../storage/partition-store.ts";
import { realNow } from "../ground/clock/real-time.ts";
import type { OplogEntry, OplogEntryCase, OplogRegion } from "./entry.ts";
import { OplogGrowth } from "./oplog-growth.ts";
import { decodeEntries, encodeEntries } from "./entry-codec.ts";

/** Where the packed entries of one worker are kept. */
export interface OplogStorage {
  /** At most `limit` rows that hold entries at or after index `from`, in order. */
  read(from: number, limit: number): readonly OplogRow[];
  write(row: OplogRow): void;
  /** Notes what the worker is about to do, if that is not known from the last row. */
  noteActive(): void;
  /** Checksum of the row whose last entry has this index; `undefined` if there is none. */
  checksum(last: number): number | undefined;
  /** Bytes of all rows, but for those that hold nothing else than entries of these regions. */
  size(without: readonly OplogRegion[]): number;
  /** Bytes of all rows behind that which ends with this entry. */
  sizeAfter(last: number): number;
  /** From now on what was written survives a loss of power, if the host is to survive one. @throws StorageError */
  flush(): void;
}

/** Where an oplog has come to, told from any other that may have come as far: a worker's end may be reverted, or lost with the power. */
export interface Past {
  /** Of the last entry of a commit. */
  readonly index: number;
  /** Checksum of what that entry was stored with. */
  readonly past: number;
}

export type IndexedEntry = readonly [index: number, entry: OplogEntry];

const ROWS_PER_READ = 64;

/** What may be in memory before it is written: entries, and about so many bytes of them. */
const MOST_BUFFERED = 1_024;
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024;

/**
 * The append-only journal of one worker. Appended entries are buffered until `commit`; reading sees them at once.
 * What is committed survives the process; what is not committed was never acknowledged to anybody.
 */
export class Oplog {
  readonly #storage: OplogStorage;
  readonly #now: () => number;
  #buffer: OplogEntry[] = [];
  #bufferedBytes = 0;
  #lastIndex: number;
  /** Bytes of what is stored; `undefined` until somebody asks. */
  #size: number | undefined;
  readonly growth = new OplogGrowth(realNow);

  /**
   * @param lastIndex index of the last stored entry, 0 for none
   * @param now milliseconds since the epoch
   */
  constructor(storage: OplogStorage, lastIndex: number, now: () => number) {
    this.#storage = storage;
    this.#lastIndex = lastIndex;
    this.#now = now;
  }

  /** Index of the newest entry, committed or not. */
  get lastIndex(): number {
    return this.#lastIndex;
  }

  get hasUncommitted(): boolean {
    return this.#buffer.length > 0;
  }

  /** True if so much is uncommitted that it should not become more, whoever waits for it. */
  get isFull(): boolean {
    return this.#buffer.length >= MOST_BUFFERED || this.#bufferedBytes >= MOST_BUFFERED_BYTES;
  }

  append(entry: OplogEntryCase): IndexedEntry {
    const stamped = { ...entry, timestamp: this.#now() };
    this.#buffer.push(stamped);
    this.#bufferedBytes += bytesOf(entry);
    this.#lastIndex += 1;
    return [this.#lastIndex, stamped];
  }

  /** Writes everything appended so far, as one row. @throws StorageError */
  commit(): void {
    if (this.#buffer.length === 0) return;
    const data = encodeEntries(this.#buffer);
    this.#storage.write({ first: this.#firstBuffered, last: this.#lastIndex, data });
    this.growth.add(data.length);
    if (this.#size !== undefined) this.#size += data.length;
    this.#buffer = [];
    this.#bufferedBytes = 0;
  }

  /** Bytes that it takes, but for what these regions hold. */
  size(without: readonly OplogRegion[]): number {
    this.#size ??= this.#storage.size(without);
    return this.#size;
  }

  /** What tells the present from any other past of a worker; `undefined` unless all is committed. */
  get past(): Past | undefined {
    const past = this.#storage.checksum(this.#lastIndex);
    return past === undefined ? undefined : { index: this.#lastIndex, past };
  }

  /** True if it has come by there. */
  has({ index, past }: Past): boolean {
    return index <= this.#lastIndex && this.#storage.checksum(index) === past;
  }

  /** The size as far as it was asked for. @returns `undefined` if nobody has */
  get knownSize(): number | undefined {
    return this.#size;
  }

  /** Up to an entry it takes so many bytes. */
  noteSize(last: number, bytes: number): void {
    this.#size = bytes + this.#storage.sizeAfter(last);
  }

  /** Other regions do not count any more. */
  forgetSize(): void {
    this.#size = undefined;
  }

  /** What was committed survives a loss of power too, if the host is to survive one. @throws StorageError */
  flush(): void {
    this.#storage.flush();
  }

  /** Forgets what was not committed, as if the process had died, and returns it. */
  loseUncommitted(): readonly OplogEntry[] {
    const lost = this.#buffer;
    this.#buffer = [];
    this.#lastIndex -= lost.length;
    return lost;
  }

  /** The worker goes on although nothing new is recorded: it must do so in the next process too. @throws StorageError */
  noteActive(): void {
    this.#storage.noteActive();
  }

  /** Entries from index `from` on, oldest first. Memory use is bounded by a few commits, however long the oplog is. */
  *entries(from = 1): Generator<IndexedEntry, void, undefined> {
    let next = from;
    for (;;) {
      const rows = this.#storage.read(next, ROWS_PER_READ);
      for (const row of rows) {
        for (const [offset, entry] of decodeEntries(row.data).entries()) {
          const index = row.first + offset;
          if (index >= next) yield [index, entry];
        }
        next = Math.max(next, row.last + 1);
      }
      // What was buffered may have been committed since the rows were read.
      if (rows.length === 0 || (rows.length < ROWS_PER_READ && next >= this.#firstBuffered)) break;
    }
    const firstBuffered = this.#firstBuffered;
    for (const [offset, entry] of this.#buffer.entries()) {
      const index = firstBuffered + offset;
      if (index >= next) yield [index, entry];
    }
  }

  get #firstBuffered(): number {
    return this.#lastIndex - this.#buffer.length + 1;
  }

  /** The entry at `index`, if there is one. */
  at(index: number): OplogEntry | undefined {
    const firstBuffered = this.#firstBuffered;
    if (index >= firstBuffered) return this.#buffer[index - firstBuffered];
    for (const [found, entry] of this.entries(index)) return found === index ? entry : undefined;
    return undefined;
  }
}

/** About what an entry takes, as far as its size is the guest's choice. */
function bytesOf(entry: OplogEntryCase): number {
  if (entry.type === "Log") return entry.message.length + entry.context.length;
  return entry.type === "ImportedFunctionInvoked" ? payloadBytes(entry.response, 3) : 0;
}

/** Bytes of texts and byte arrays in a value, `depth` levels deep. */
function payloadBytes(value: unknown, depth: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (depth === 0) return 0;
  let sum = 0;
  for (const key in value) sum += payloadBytes(Reflect.get(value, key), depth - 1);
  return sum;
}
