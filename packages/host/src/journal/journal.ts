import { type CallId } from "../ground/api/call-id.ts";
import {
  type EntryOf,
  isHint,
  type OplogEntry,
  type OplogEntryCase,
  type OplogEntryType,
  type OplogRegion,
} from "../oplog/entry.ts";
import type { IndexedEntry, Oplog } from "../oplog/oplog.ts";
import { ReplayCursor } from "../oplog/replay-cursor.ts";
import { StorageError } from "../ground/storage-error.ts";
import type { DerivedFile } from "../storage/derived-file.ts";
import type { CrashPlan } from "./crash-plan.ts";
import { KeptState } from "./kept-state.ts";
import { stateOfOplog } from "./state-of-oplog.ts";
import type { WorkerState } from "./worker-state.ts";

/** Measured: what each of 10,000 workers and of 100,000 idempotency keys took of the heap. */
const BYTES_AT_LEAST = 4_000;
const BYTES_PER_FACT = 100;

/** Memory grows by whole pages. */
const PAGE_SIZE = 65_536;

/** Where is kept what an oplog says too, so that not all of it need be read or replayed. */
export interface DerivedFiles {
  readonly image: DerivedFile;
  readonly state: DerivedFile;
}

/**
 * A worker's oplog together with what it says: writing an entry changes the state, reading on replay does not
 * (the state knows the whole oplog already).
 */
export class Journal {
  readonly oplog: Oplog;
  readonly image: DerivedFile | undefined;
  readonly #kept: KeptState | undefined;
  #state: WorkerState;
  #cursor: ReplayCursor | undefined;
  #whenLive: (() => void)[] = [];
  #start = 2;
  #instanceSize: (() => number) | undefined;
  #isRecording = true;
  readonly #onAppend = new Set<(entry: IndexedEntry) => void>();
  /** Is told about every entry, as long as the worker is in memory. It does not keep it there. @default nobody is */
  onWrite: ((entry: IndexedEntry) => void) | undefined;
  /** Where the worker is to crash. @default nowhere */
  crashes: CrashPlan | undefined;

  /** @param derived where is kept what the oplog says too. @default nowhere */
  constructor(oplog: Oplog, derived?: DerivedFiles) {
    this.oplog = oplog;
    this.image = derived?.image;
    this.#kept = derived && new KeptState(derived.state, oplog);
    this.#state = stateOfOplog(oplog, this.#kept?.read());
  }

  /** Keeps what the oplog says up to now, if that saves the reading of so many entries. Only when all is committed. @throws StorageError */
  keepState(least: number): void {
    this.#kept?.keep(this.#state, least);
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** True if the call was made before, and needs nothing more than an answer. */
  hasCarriedOut(by: CallId): boolean {
    return this.#state.calls.has(by);
  }

  /** About what it keeps in memory, in bytes. */
  get memorySize(): number {
    const { completed, pending, deletedRegions, resources, calls } = this.state;
    const facts = completed.size + pending.size + deletedRegions.length + resources.size + calls.size;
    return BYTES_AT_LEAST + facts * BYTES_PER_FACT;
  }

  /** Bytes that the oplog takes, without what was reverted. */
  get oplogSize(): number {
    return this.oplog.size(this.#state.reverted);
  }

  /** True if all of it is stored, and nobody is to be told of what comes. */
  get isSettled(): boolean {
    return !this.oplog.hasUncommitted && this.#onAppend.size === 0;
  }

  /** Index of the first entry that the present instance replays. */
  get start(): number {
    return this.#start;
  }

  /** True when nothing recorded is left to replay. */
  get live(): boolean {
    if (!this.cursor.live) return false;
    if (this.#whenLive.length > 0) for (const action of this.#whenLive.splice(0)) action();
    return true;
  }

  /** Runs the action once the replay is over, now if it is. */
  whenLive(action: () => void): void {
    if (this.live) action();
    else this.#whenLive.push(action);
  }

  /** Where the replay of the present instance stands. */
  get cursor(): ReplayCursor {
    this.#cursor ??= new ReplayCursor(this.oplog, this.state.deletedRegions, this.#start);
    return this.#cursor;
  }

  /**
   * Begins the replay anew, for a fresh instance.
   *
   * @param start index of the first entry that may be replayed; entry 1 is `Create`
   */
  rewind(start = 2): void {
    this.#start = start;
    this.#cursor = undefined;
    this.#whenLive = [];
  }

  /** The result that an `ExportedFunctionCompleted` records. */
  resultAt(index: number): unknown {
    const entry = this.oplog.at(index);
    if (entry?.type !== "ExportedFunctionCompleted")
      throw new Error(`Oplog entry ${index} is not the result it should be`);
    return entry.response;
  }

  /** Appends an entry and returns its index. It is durable after the next `commit`. */
  append(entry: OplogEntryCase): number {
    if (!this.#isRecording && !isHint(entry.type)) return this.oplog.lastIndex;
    this.#recordGrowth();
    return this.#write(entry);
  }

  /**
   * From now on the growth of an instance's memory is recorded before whatever it does next: an entry a page.
   *
   * @param size bytes of linear memory in use; `undefined` when there is no instance any more
   */
  watchMemory(size: (() => number) | undefined): void {
    this.#instanceSize = size;
  }

  /** What is replayed has grown before. */
  #recordGrowth(): void {
    const size = this.#instanceSize?.();
    if (size === undefined || size <= this.#state.memorySize || !this.cursor.live) return;
    while (this.#state.memorySize < size) this.#write({ type: "GrowMemory", delta: PAGE_SIZE });
  }

  #write(entry: OplogEntryCase): number {
    const [index, stamped] = this.oplog.append(entry);
    this.state.apply(index, stamped);
    for (const listener of this.#onAppend) listener([index, stamped]);
    this.onWrite?.([index, stamped]);
    // A guest that only computes and logs is never waited for: what it leaves must not fill the memory.
    if (this.oplog.isFull) this.commit();
    // The other hints are written where there is no guest that could be lost.
    if (!isHint(entry.type) || entry.type === "Log") this.crashes?.written(index);
    return index;
  }

  /** The worker goes on. That is noted where there is space for it: what the worker does next is written anyway. */
  resume(): void {
    this.state.resumed();
    try {
      this.oplog.noteActive();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** Tells about every entry from now on, until the returned function is called. */
  onAppend(listener: (entry: IndexedEntry) => void): () => void {
    this.#onAppend.add(listener);
    return () => this.#onAppend.delete(listener);
  }

  /** Forgets what was not committed, and returns it. Only while the worker has no instance. */
  loseUncommitted(): readonly OplogEntry[] {
    const lost = this.oplog.loseUncommitted();
    if (lost.length > 0) this.#state = stateOfOplog(this.oplog, this.#kept?.read());
    return lost;
  }

  /** For a fresh instance that replays nothing. */
  beginAnew(): void {
    this.append({ type: "Restart" });
    this.rewind(this.oplog.lastIndex + 1);
  }

  /** Drops the end of the oplog, for good. Only while the worker has no instance. @throws StorageError */
  revert(droppedRegion: OplogRegion, by: CallId): void {
    this.oplog.append({ type: "Revert", droppedRegion, by });
    this.oplog.forgetSize();
    this.#state = stateOfOplog(this.oplog, this.#kept?.read());
    this.commit();
  }

  /** False while what happens is no part of what is replayed. */
  get isRecording(): boolean {
    return this.#isRecording;
  }

  /** Runs something that is no part of what is replayed: it is not recorded. */
  async unrecorded<T>(run: () => Promise<T>): Promise<T> {
    this.#isRecording = false;
    try {
      return await run();
    } finally {
      this.#isRecording = true;
    }
  }

  /** @throws StorageError */
  commit(): void {
    this.oplog.commit();
  }

  /** What was committed must not be forgotten once the next thing is done. @throws StorageError */
  flush(): void {
    this.oplog.flush();
  }

  take<T extends OplogEntryType>(
    type: T,
    attempted: Parameters<ReplayCursor["take"]>[1],
    matches?: (entry: EntryOf<T>) => boolean,
  ): [number, EntryOf<T>] {
    return this.cursor.take(type, attempted, matches);
  }

  /**
   * Gives up what is recorded after `begin`: a region that was not finished is to be done again from its start.
   * The deletion covers its own entry too.
   */
  jumpBackTo(begin: number): void {
    this.append({ type: "Jump", jump: { start: begin + 1, end: this.oplog.lastIndex + 1 } });
    this.cursor.abandonRest();
  }
}
