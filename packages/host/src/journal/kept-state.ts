import { deserialize, serialize } from "node:v8";

import type { Oplog, Past } from "../oplog/oplog.ts";
import type { DerivedFile } from "../storage/derived-file.ts";
import type { SavedState } from "./recorded-facts.ts";
import type { WorkerState } from "./worker-state.ts";

/** Changes whenever what was kept of before would be read wrongly. */
const FORMAT = 3;

/** So many idempotency keys are written again for each new entry at most. */
const KEYS_AN_ENTRY = 8;

/** What an oplog says up to an entry. */
export interface StateBase {
  readonly index: number;
  readonly state: SavedState;
}

interface KeptBase extends StateBase, Past {
  readonly format: number;
  /** Bytes that the oplog took; `undefined` if nobody has asked. */
  readonly size: number | undefined;
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
    const base = this.#file.read(decode);
    if (base === undefined || !this.#oplog.has(base)) return undefined;
    this.#index = base.index;
    if (base.size !== undefined) this.#oplog.noteSize(base.index, base.size);
    return base;
  }

  /**
   * Writes it anew if it saves the reading of so many entries, and as many as it costs. Only when all is committed.
   *
   * @throws StorageError
   */
  keep(state: WorkerState, least: number): void {
    const { lastIndex } = this.#oplog;
    if (lastIndex - this.#index < Math.max(least, state.completed.size / KEYS_AN_ENTRY)) return;
    // What follows the last entry of a replay may have been forgotten in memory, as that the worker was interrupted.
    const saved = state.position === lastIndex ? state.saved() : undefined;
    const { past, knownSize: size } = this.#oplog;
    if (saved === undefined || past === undefined) return;
    this.#file.write(encode({ format: FORMAT, ...past, size, state: saved }));
    this.#index = lastIndex;
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
  return serialize({ ...base, state: { ...state, completed } } satisfies PackedBase);
}

/** @returns `undefined` for what is of another format */
function decode(content: Uint8Array): KeptBase | undefined {
  const { state, ...base } = deserialize(content) as PackedBase;
  if (base.format !== FORMAT) return undefined;
  const keys = JSON.parse(state.completed.keys) as readonly string[];
  const completed = new Map(keys.map((key, at) => [key, state.completed.values[at] ?? 0]));
  return { ...base, state: { ...state, completed } };
}
