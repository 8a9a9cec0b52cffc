import type { WorkerEvent } from "../ground/api/worker-event.ts";
import type { EntryOf, OplogEntry } from "../oplog/entry.ts";
import type { IndexedEntry, Oplog } from "../oplog/oplog.ts";

/** An event with the index of the oplog entry that it tells about. */
export type IndexedEvent = readonly [index: number, event: WorkerEvent];

/** How many past events somebody who begins to listen is told. */
const HISTORY = 128;

/** Tells what happens in a worker, entry by entry of its oplog. */
export class WorkerEvents {
  #open: EntryOf<"ExportedFunctionInvoked"> | undefined;

  /** The latest events. All of the oplog is read for them: listening costs something, not listening nothing. */
  history(oplog: Oplog): readonly IndexedEvent[] {
    const latest: IndexedEvent[] = [];
    for (const entry of oplog.entries()) {
      const event = this.next(entry);
      if (event !== undefined) latest.push(event);
      if (latest.length > HISTORY) latest.shift();
    }
    return latest;
  }

  /** What there is to tell about the entry; to be asked for every one, in order. */
  next([index, entry]: IndexedEntry): IndexedEvent | undefined {
    const event = this.#eventOf(entry);
    return event && [index, event];
  }

  #eventOf(entry: OplogEntry): WorkerEvent | undefined {
    switch (entry.type) {
      case "ExportedFunctionInvoked":
        this.#open = entry;
        return { InvocationStart: invocation(entry, entry.timestamp) };
      case "ExportedFunctionCompleted":
      case "Error":
        return this.#open && { InvocationFinished: invocation(this.#open, entry.timestamp) };
      case "Log":
        return logEvent(entry);
      default:
        return undefined;
    }
  }
}

function logEvent({ level, context, message, ...entry }: EntryOf<"Log">): WorkerEvent {
  const timestamp = iso(entry.timestamp);
  if (level === "stdout") return { StdOut: { timestamp, bytes: bytesOf(message) } };
  if (level === "stderr") return { StdErr: { timestamp, bytes: bytesOf(message) } };
  return { Log: { timestamp, level: capitalized(level), context, message } };
}

function invocation({ functionName, idempotencyKey }: EntryOf<"ExportedFunctionInvoked">, at: number) {
  return { timestamp: iso(at), function: functionName, idempotency_key: idempotencyKey };
}

function bytesOf(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)];
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
