import { createHash } from "node:crypto";

import { CONSTANT_CALLS } from "./constant-calls.ts";
import { isHint, type EntryOf, type OplogEntryType, type OplogRegion } from "./entry.ts";
import type { IndexedEntry, Oplog } from "./oplog.ts";
import { type Attempt, DivergenceError } from "./divergence-error.ts";

/** Characters. */
const LONGEST_KEY = 64;

/**
 * Walks over the entries that a replay has to consume, in order: no hints, nothing from deleted regions.
 * When there are none left the worker is live.
 */
export class ReplayCursor {
  readonly #oplog: Oplog;
  readonly #iterator: Iterator<IndexedEntry>;
  readonly #deleted: readonly OplogRegion[];
  readonly #target: number;
  #next: IndexedEntry | undefined;
  /**
   * The entries that follow were not to be persisted: they are there to be read, but not replayed. Nor are the changes of
   * the level, so that a guest may leave them out on a replay, as many do that record what they did there themselves.
   */
  #skipsZone = false;
  readonly #trailingLogs = new Map<string, number>();
  readonly #trailingEnds = new Set<string>();
  readonly #trailingConstants = new Set<string>();

  /**
   * @param deleted regions that jumps and reverts have removed
   * @param start index of the first entry; entry 1 is `Create`
   */
  constructor(oplog: Oplog, deleted: readonly OplogRegion[], start = 2) {
    this.#oplog = oplog;
    this.#deleted = deleted;
    this.#target = oplog.lastIndex;
    this.#iterator = oplog.entries(start);
    this.#advance();
  }

  /** True once everything recorded has been consumed: host functions now really run. */
  get live(): boolean {
    return this.#next === undefined;
  }

  /** Index of the last recorded entry when the replay began. */
  get target(): number {
    return this.#target;
  }

  peek(): IndexedEntry | undefined {
    return this.#next;
  }

  /**
   * Consumes the next entry, which must be of type `type` and, where given, accepted by `matches`.
   *
   * @param attempted what the guest is doing now, for the error message
   * @throws DivergenceError if the oplog tells another story
   */
  take<T extends OplogEntryType>(
    type: T,
    attempted: string | Attempt | (() => Attempt),
    matches?: (entry: EntryOf<T>) => boolean,
  ): [number, EntryOf<T>] {
    const next = this.#next;
    if (next === undefined)
      throw new Error(`Replay is over; nothing left for ${attemptOf(attempted).summary}`);
    const [index, entry] = next;
    if (!hasType(entry, type) || (matches !== undefined && !matches(entry))) {
      throw new DivergenceError(this.#oplog, index, attemptOf(attempted), entry);
    }
    this.#advance();
    return [index, entry];
  }

  /** Gives up the rest of the recorded entries: the worker is live from here. */
  abandonRest(): void {
    this.#next = undefined;
    this.#trailingEnds.clear();
  }

  /** True if the span's end was written before the crash, after everything that was replayed. */
  wasFinished(spanId: string): boolean {
    return this.#trailingEnds.has(spanId);
  }

  /** True if this constant call was made after everything that was replayed: it is not to be recorded again. */
  wasMade(constantCall: string): boolean {
    return this.#trailingConstants.has(constantCall);
  }

  /** True, once for each recorded line, if this log line was written before the crash: it is not to be written again. */
  wasLogged(logged: LogLine): boolean {
    if (this.#trailingLogs.size === 0) return false;
    const line = logLine(logged);
    const count = this.#trailingLogs.get(line) ?? 0;
    if (count === 0) return false;
    this.#trailingLogs.set(line, count - 1);
    return true;
  }

  #advance(): void {
    this.#trailingLogs.clear();
    this.#trailingEnds.clear();
    this.#trailingConstants.clear();
    for (;;) {
      const step = this.#iterator.next();
      if (step.done === true || step.value[0] > this.#target) {
        this.#next = undefined;
        return;
      }
      const [index, entry] = step.value;
      if (this.#deleted.some((region) => index >= region.start && index <= region.end)) continue;
      if (entry.type === "Log") {
        const line = logLine(entry);
        this.#trailingLogs.set(line, (this.#trailingLogs.get(line) ?? 0) + 1);
      }
      if (entry.type === "FinishSpan") {
        this.#trailingEnds.add(entry.spanId);
        continue;
      }
      if (isHint(entry.type)) continue;
      if (entry.type === "ImportedFunctionInvoked" && CONSTANT_CALLS.has(entry.functionName)) {
        this.#trailingConstants.add(entry.functionName);
        continue;
      }
      if (entry.type === "ChangePersistenceLevel") {
        this.#skipsZone = entry.level === "persist-nothing";
        continue;
      }
      if (this.#skipsZone && entry.type !== "ExportedFunctionCompleted") continue;
      this.#skipsZone = false;
      this.#next = step.value;
      return;
    }
  }
}

function attemptOf(attempted: string | Attempt | (() => Attempt)): Attempt {
  if (typeof attempted === "function") return attempted();
  return typeof attempted === "string" ? { summary: attempted } : attempted;
}

interface LogLine {
  readonly level: string;
  readonly context: string;
  readonly message: string;
}

/** A key that tells log lines apart, and is short however long they are: a guest may have written a million of them. */
function logLine({ level, context, message }: LogLine): string {
  const line = JSON.stringify([level, context, message]);
  return line.length <= LONGEST_KEY ? line : createHash("sha256").update(line).digest("base64");
}

function hasType<T extends OplogEntryType>(
  entry: IndexedEntry[1],
  type: T,
): entry is IndexedEntry[1] & EntryOf<T> {
  return entry.type === type;
}
