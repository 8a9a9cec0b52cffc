import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";

import { StorageError } from "../ground/storage-error.ts";
import type { Oplog } from "../oplog/oplog.ts";
import type { DerivedFile } from "../storage/derived-file.ts";
import type { SavedState } from "./recorded-facts.ts";
import type { WorkerState } from "./worker-state.ts";

/** Changes whenever what was kept of before would be read wrongly. */
const FORMAT = 2;

/** Bytes of a checksum. */
const NUMBER = 4;

/** So many idempotency keys are written again for each new entry at most. */
const KEYS_AN_ENTRY = 8;

/** What an oplog says up to an entry. */
export interface StateBase {
  readonly index: number;
  readonly state: SavedState;
}

interface KeptBase extends StateBase {
  readonly format: number;
  /** Bytes that the oplog took; `undefined` if nobody has asked. */
  readonly size: number | undefined;
  /** As `Oplog.checksumAt` has it. */
  readonly past: number;
}

/** What the first part of an oplog says, kept beside it, so that whoever needs it reads only the rest. The oplog stays the truth. */
export class KeptState {
  readonly #file: DerivedFile;
  readonly #oplog: Oplog;
  #index = 0;

  constructor(file: DerivedFile, oplog: Oplog) {
    this.#file = file;
    this.#oplog = oplog;
  }

  /** @returns `undefined` if nothing is kept, or it is damaged or of another past */
  read(): StateBase | undefined {
    const content = this.#file.read();
    const base = content && decoded(content);
    const fits =
      base !== undefined &&
      base.index <= this.#oplog.lastIndex &&
      this.#oplog.checksumAt(base.index) === base.past;
    if (!fits) return undefined;
    this.#index = base.index;
    if (base.size !== undefined) this.#oplog.noteSize(base.index, base.size);
    return base;
  }

  /** Writes it anew if it saves the reading of so many entries, and as many as it costs. Only when all is committed. */
  keep(state: WorkerState, least: number): void {
    const { lastIndex } = this.#oplog;
    if (lastIndex - this.#index < Math.max(least, state.completed.size / KEYS_AN_ENTRY)) return;
    // What follows the last entry of a replay may have been forgotten in memory, as that the worker was interrupted.
    const saved = state.position === lastIndex ? state.saved() : undefined;
    const past = this.#oplog.checksumAt(lastIndex);
    if (saved === undefined || past === undefined) return;
    try {
      const { knownSize: size } = this.#oplog;
      this.#file.write(encode({ format: FORMAT, index: lastIndex, past, size, state: saved }));
      this.#index = lastIndex;
    } catch (error) {
      // A full disk, say: the oplog is read instead.
      if (!(error instanceof StorageError)) throw error;
    }
  }
}

/** A map of many keys as it is read fastest: three times as fast as a map. */
interface PackedMap {
  /** JSON of all keys. */
  readonly keys: string;
  readonly values: Float64Array;
}

interface PackedBase extends Omit<KeptBase, "state"> {
  readonly state: Omit<SavedState, "completed"> & { readonly completed: PackedMap };
}

function encode({ state, ...base }: KeptBase): Uint8Array {
  const completed: PackedMap = {
    keys: JSON.stringify([...state.completed.keys()]),
    values: Float64Array.from(state.completed.values()),
  };
  const content = serialize({ ...base, state: { ...state, completed } } satisfies PackedBase);
  const checksum = Buffer.alloc(NUMBER);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([checksum, content]);
}

/** @returns `undefined` for what is damaged, or of another format */
function decoded(bytes: Uint8Array): KeptBase | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): KeptBase | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = buffer.subarray(NUMBER);
  if (buffer.length < NUMBER || buffer.readUInt32LE() !== crc32(content)) return undefined;
  const { state, ...base } = deserialize(content) as PackedBase;
  if (base.format !== FORMAT) return undefined;
  const keys = JSON.parse(state.completed.keys) as readonly string[];
  const completed = new Map(keys.map((key, at) => [key, state.completed.values[at] ?? 0]));
  return { ...base, state: { ...state, completed } };
}
