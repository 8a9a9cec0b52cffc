import { rmSync } from "node:fs";
import { join } from "node:path";

import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { EntryOf, OplogEntry, OplogEntryCase } from "../oplog/entry.ts";
import { encodeEntries } from "../oplog/entry-codec.ts";
import { mergedRegions } from "../oplog/merged-regions.ts";
import { Oplog } from "../oplog/oplog.ts";
import {
  PartitionStore,
  type StoredWorker,
  type StoredWorkerKey,
  type WorkerRow,
} from "../storage/partition-store.ts";
import { DerivedFile } from "../storage/derived-file.ts";
import type { LogAge, Synchronous } from "../storage/sqlite.ts";
import { StorageError } from "../ground/storage-error.ts";
import { type DerivedFiles, Journal } from "../journal/journal.ts";
import { partitionOf } from "../storage/worker-partition.ts";
import type { OplogCopy } from "./oplog-copy.ts";
import type { ShardOptions } from "./protocol.ts";

/** Milliseconds since the epoch. */
export type Now = () => number;

/** The workers of one shard as they are on disk. */
export class WorkerStore {
  /** A damaged file is there as the error that says so: its workers cannot be used, all others can. */
  readonly #partitions: ReadonlyMap<number, PartitionStore | StorageError>;
  /** Those that can be used. */
  readonly #opened: readonly PartitionStore[];
  readonly #now: Now;
  /** Absent where no images are kept. */
  readonly #images: string | undefined;

  /** @throws StorageError if a file cannot be opened for another reason than that it is damaged */
  constructor({ partitions, synchronous, logAge, paths, imageAfter }: ShardOptions, now: Now) {
    this.#images = imageAfter === undefined ? undefined : paths.images;
    this.#partitions = new Map(
      partitions.map(({ number, file }) => [number, openPartition(file, synchronous, logAge)] as const),
    );
    this.#opened = [...this.#partitions.values()].filter((each) => each instanceof PartitionStore);
    this.#now = now;
  }

  owns(id: WorkerId): boolean {
    return this.#partitions.has(partitionOf(id));
  }

  /** The worker's journal, read from its beginning; `undefined` if there is no such worker. */
  load(id: WorkerId): Journal | undefined {
    const partition = this.#partition(id);
    const stored = partition.findWorker(id);
    if (stored === undefined) return undefined;
    const lastIndex = partition.lastIndex(stored.row);
    return this.#journal(partition, stored, lastIndex, stored.active);
  }

  /** One that a call makes anew takes the place of the one of its name. */
  create(id: WorkerId, create: Omit<EntryOf<"Create">, "timestamp">): Journal {
    const partition = this.#partition(id);
    const entry = { ...create, timestamp: this.#now() };
    const first = { first: 1, last: 1, data: encodeEntries([entry]) };
    const before = create.by === undefined ? undefined : partition.findWorker(id);
    if (before !== undefined) this.#removeDerived(before);
    const instead = before?.row;
    const row = partition.createWorker(id, [first], false, instead);
    return this.#journal(partition, { row, id }, 1, false);
  }

  /** A worker with the past of another one, and with what is recorded for itself alone after that. */
  createFork(id: WorkerId, { create, rows }: OplogCopy, own: readonly OplogEntryCase[], by: CallId): Journal {
    const partition = this.#partition(id);
    const copied = rows.at(-1)?.last ?? 1;
    const last = copied + own.length;
    const entries = own.map((entry): OplogEntry => ({ ...entry, timestamp: this.#now() }));
    const oplog = [
      { first: 1, last: 1, data: encodeEntries([{ ...create, workerId: id, by }]) },
      ...rows,
      ...(own.length === 0 ? [] : [{ first: copied + 1, last, data: encodeEntries(entries) }]),
    ];
    // It may have to go on in the middle of an invocation.
    const row = partition.createWorker(id, oplog, true);
    return this.#journal(partition, { row, id }, last, true);
  }

  delete(id: WorkerId): void {
    const partition = this.#partition(id);
    const stored = partition.findWorker(id);
    if (stored === undefined) return;
    this.#removeDerived(stored);
    partition.deleteWorker(stored.row);
  }

  /** Deletes every worker. */
  clear(): void {
    for (const [number, partition] of this.#partitions) {
      if (this.#images !== undefined)
        rmSync(join(this.#images, String(number)), { recursive: true, force: true });
      opened(partition).clear();
    }
  }

  list(partition: number, componentId: string, after: WorkerRow, limit: number): readonly StoredWorker[] {
    return this.#owned(partition).listWorkers(componentId, after, limit);
  }

  /**
   * Workers that were busy when the process ended.
   *
   * @param onDamage is told of each file that cannot be read
   */
  active(onDamage: (error: StorageError) => void): readonly StoredWorker[] {
    return [...this.#partitions.values()].flatMap((partition) => {
      try {
        return opened(partition).activeWorkers();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        onDamage(error);
        return [];
      }
    });
  }

  /** True if nothing that was committed can be lost. */
  get isFlushed(): boolean {
    return this.#opened.every((partition) => partition.isFlushed);
  }

  /** Resolves when all that was committed before the call is on the disk. @throws StorageError */
  async flush(): Promise<void> {
    await Promise.all(this.#opened.map((partition) => partition.flush()));
  }

  close(): void {
    for (const partition of this.#opened) partition.close();
  }

  #journal(partition: PartitionStore, worker: StoredWorkerKey, lastIndex: number, active: boolean): Journal {
    let stored = active;
    const oplog = new Oplog(
      {
        read: (from, limit) => partition.oplogRows(worker.row, from, limit),
        write: (oplogRow) => {
          const now = journal.state.active;
          partition.append(worker, oplogRow, now === stored ? undefined : now);
          stored = now;
        },
        checksum: (last) => partition.oplogChecksum(worker.row, last),
        size: (without) =>
          mergedRegions(without).reduce(
            (size, { start, end }) => size - partition.oplogSize(worker.row, start, end),
            partition.oplogSize(worker.row, 1, Number.MAX_SAFE_INTEGER),
          ),
        sizeAfter: (last) => partition.oplogSize(worker.row, last + 1, Number.MAX_SAFE_INTEGER),
        noteActive: () => {
          const now = journal.state.active;
          if (now !== stored) partition.setActive(worker, now);
          stored = now;
        },
        flush: () => partition.flushNow(),
      },
      lastIndex,
      this.#now,
    );
    const journal = new Journal(oplog, this.#derived(worker));
    return journal;
  }

  /** Rows are never used again, so that what is left of a worker is no other's. */
  #derived({ row, id }: StoredWorkerKey): DerivedFiles | undefined {
    if (this.#images === undefined) return undefined;
    const path = join(this.#images, String(partitionOf(id)), String(row));
    return { image: new DerivedFile(`${path}.image`), state: new DerivedFile(`${path}.state`) };
  }

  #removeDerived(worker: StoredWorkerKey): void {
    const files = this.#derived(worker);
    files?.image.remove();
    files?.state.remove();
  }

  #partition(id: WorkerId): PartitionStore {
    const number = partitionOf(id);
    const partition = this.#partitions.get(number);
    if (partition === undefined) throw new Error(`The worker ${workerIdText(id)} belongs to another shard`);
    return opened(partition);
  }

  #owned(number: number): PartitionStore {
    const partition = this.#partitions.get(number);
    if (partition === undefined) throw new Error(`Partition ${number} belongs to another shard`);
    return opened(partition);
  }
}

function openPartition(
  file: string,
  synchronous: Synchronous,
  logAge: LogAge,
): PartitionStore | StorageError {
  try {
    return new PartitionStore(file, synchronous, logAge);
  } catch (error) {
    if (error instanceof StorageError && error.isDamage) return error;
    throw error;
  }
}

function opened(partition: PartitionStore | StorageError): PartitionStore {
  if (partition instanceof StorageError) throw partition;
  return partition;
}
