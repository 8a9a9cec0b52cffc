import type { HostResources } from "../../engine/bound-imports.ts";
import type { DiskUsage } from "../../filesystem/disk-usage.ts";
import type { WorkerLimits } from "../../ground/api/worker-limits.ts";
import type { MemoryTotal } from "./memory-total.ts";
import type { Journal } from "../../journal/journal.ts";

/** Kinds of handles that are sockets. */
const SOCKETS = ["wasi:sockets/tcp#tcp-socket", "wasi:sockets/udp#udp-socket"];

/** A part of what is left of the disk that a worker may write in ten seconds when too little is left. */
const SHARE = 1 / 64;

/** Bytes that one may write in any case: who writes little is told when the disk is full, and goes on when it is not. */
const LITTLE = 2 ** 20;

/** A part of the memory of all that is much for one worker, when all together take too much. */
const MUCH_MEMORY = 1 / 32;

/** What the limits of one worker are, and what it shares with others. */
export interface Limits {
  readonly limits: WorkerLimits;
  /** Bytes of the disk that are to stay free. */
  readonly minFreeDisk: number;
  /** Bytes of the disk that are free. */
  readonly freeDisk: () => number;
  /** Bytes of memory that all instances may take together. */
  readonly maxMemory: number;
  readonly memory: MemoryTotal;
}

/** What one worker takes. */
export interface Taken {
  readonly journal: Journal;
  readonly usage: DiskUsage;
  readonly resources: Pick<HostResources, "held" | "heldOf">;
  /** Bytes of the instance's memory. */
  readonly memorySize: () => number;
}

/** Tells when a worker takes more than it may. A look costs about a microsecond. */
export class LimitGuard {
  readonly #limits: Limits;
  readonly #taken: Taken;
  /** What of the total is this instance's. */
  #memory = 0;

  constructor(limits: Limits, taken: Taken) {
    this.#limits = limits;
    this.#taken = taken;
  }

  /** What the worker takes too much of, and what to do; `undefined` if it is within its limits. */
  get excess(): string | undefined {
    const { limits } = this.#limits;
    const { journal, usage, resources } = this.#taken;
    if (journal.oplogSize > limits.oplogSize)
      return beyond("oplogSize", "its oplog has", journal.oplogSize, limits);
    const { rate } = journal.oplog.growth;
    if (rate > limits.oplogRate) return beyond("oplogRate", "its oplog grows in a second by", rate, limits);
    if (usage.bytes > limits.files && usage.remeasured() > limits.files)
      return beyond("files", "its files have", usage.bytes, limits);
    if (journal.state.stored > limits.stored)
      return beyond("stored", "what it has written to buckets and blobs has", journal.state.stored, limits);
    if (resources.held > limits.handles) return beyond("handles", "it holds", resources.held, limits);
    const sockets = SOCKETS.reduce((sum, kind) => sum + resources.heldOf(kind), 0);
    if (sockets > limits.sockets) return beyond("sockets", "it holds", sockets, limits);
    return this.#diskExcess() ?? this.#memoryExcess();
  }

  /** The instance takes no memory any more. */
  release(): void {
    this.#limits.memory.add(-this.#memory);
    this.#memory = 0;
  }

  /** When all together take too much, those are stopped that take much. */
  #memoryExcess(): string | undefined {
    const { memory, maxMemory } = this.#limits;
    const size = this.#taken.memorySize();
    memory.add(size - this.#memory);
    this.#memory = size;
    if (memory.bytes <= maxMemory || size <= maxMemory * MUCH_MEMORY) return undefined;
    return (
      `The worker was stopped: all workers together take ${mebibytes(memory.bytes)} MiB of memory, of which they may take ` +
      `${mebibytes(maxMemory)} MiB (maxMemory), and it takes ${mebibytes(size)} MiB. ` +
      "What to do: resume it when others have ended, give the host more, or look at why it takes so much."
    );
  }

  /** The less is left, the less may one worker write of it. */
  #diskExcess(): string | undefined {
    const free = this.#limits.freeDisk();
    if (free >= this.#limits.minFreeDisk) return undefined;
    const { recent } = this.#taken.journal.oplog.growth;
    if (recent <= Math.max(LITTLE, free * SHARE)) return undefined;
    return (
      `The worker was stopped: only ${mebibytes(free)} MiB of the disk are free, and its oplog has grown by ` +
      `${mebibytes(recent)} MiB in ten seconds. What to do: free some space and resume the worker, or look at what it writes and revert it.`
    );
  }
}

const UNITS: Readonly<Record<keyof WorkerLimits, string>> = {
  oplogSize: "bytes",
  oplogRate: "bytes",
  files: "bytes",
  stored: "bytes",
  handles: "handles of the host's resources",
  sockets: "sockets",
};

function beyond(name: keyof WorkerLimits, what: string, taken: number, limits: WorkerLimits): string {
  return (
    `The worker was stopped: ${what} ${Math.round(taken)} ${UNITS[name]}, and ${limits[name]} are allowed (limit ${name}). ` +
    "What to do: raise the limit and resume the worker, or revert it to before it took so much."
  );
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
