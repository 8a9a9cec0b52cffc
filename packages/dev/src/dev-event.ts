import type { BuildStep } from "@golem-kit/build";
import type { Problem } from "./problem.ts";

/** A worker, as people name it. */
export interface NamedWorker {
  /** `shop:cart` */
  readonly component: string;
  /** `ada` */
  readonly worker: string;
}

/** Milliseconds from a save to workers on its code, stage by stage. Components are built side by side. */
export interface StageTimes {
  /** WIT and TypeScript to one module. */
  readonly bundle: number;
  /** The engine, initialised with the module. */
  readonly initialise: number;
  readonly deploy: number;
  /** All workers, from the first to the last that was moved. */
  readonly replay: number;
  readonly total: number;
}

/** What became of the workers of a component. */
export interface MovedWorkers {
  /** They run the new version. */
  readonly moved: number;
  /** Out of memory: they are moved when they next wake. */
  readonly later: number;
  /** They stay on an older version: an event `stays` says why, for each. */
  readonly stay: number;
}

/** How a worker that stays is brought onto the new code, as commands against the running server. */
export interface WaysOn {
  /** Absent if nothing of its past fits. */
  readonly fork?: string;
  readonly anew: string;
}

/** Why a worker stays on an older version. */
export interface Stay extends NamedWorker {
  /** The version that it stays on. */
  readonly version: number;
  readonly targetVersion: number;
  readonly message: string;
  /** Index of the oplog entry that the new code does not repeat. */
  readonly entry?: number;
  /** Index of the last entry that still fits. */
  readonly lastFitting?: number;
  /** What the oplog has there, with values. */
  readonly recorded?: string;
  /** What the new code does instead, with values. */
  readonly attempted?: string;
  /** Where the new code makes the attempted call. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The lines around it. */
  readonly frame?: string;
  readonly ways: WaysOn;
  /** How many more workers differ in the same way: their events come next. */
  readonly alike?: number;
  /** The first worker that differs in the same way. */
  readonly likeWorker?: string;
}

/** An invocation that begins. */
export interface WorkerCall extends NamedWorker {
  readonly function: string;
  /** Its idempotency key. */
  readonly key: string;
  /** In WAVE; absent when there is more to tell than can be read. */
  readonly arguments?: string;
}

/** An invocation that has ended, or an attempt at one that has failed. */
export interface WorkerAnswer extends NamedWorker {
  readonly function: string;
  readonly key: string;
  /** Milliseconds since the first attempt began; absent if that was before this process. */
  readonly ms?: number;
  /** In WAVE; absent when there is more to tell than can be read. */
  readonly result?: string;
  readonly error?: string;
}

/** A change of an interface that somebody who calls it has not made. */
export interface BrokenCall {
  /** Whose function it is. */
  readonly component: string;
  readonly function: string;
  readonly change: "gone" | "changed";
  /** Who calls it. */
  readonly caller: string;
  /** `components/cart/src/main.ts:31:8` */
  readonly places: readonly string[];
}

/** All that happens, in the order in which it does. With `--json` each is a line. */
export type DevEvent = { readonly time: string } & (
  | {
      readonly type: "listening";
      readonly url: string;
      readonly dataDir: string;
      readonly components: readonly {
        readonly component: string;
        readonly version: number;
        readonly workers: number;
      }[];
      /** A command that works now. */
      readonly try: string | undefined;
    }
  | { readonly type: "saved"; readonly files: readonly string[] }
  | { readonly type: "building"; readonly component: string; readonly step: BuildStep }
  | { readonly type: "built"; readonly component: string; readonly ms: number; readonly first: boolean }
  | { readonly type: "failed"; readonly component: string | undefined; readonly problem: Problem }
  | { readonly type: "mended"; readonly component: string | undefined }
  | { readonly type: "refused"; readonly calls: readonly BrokenCall[] }
  | {
      readonly type: "deployed";
      readonly component: string;
      readonly version: number;
      readonly workers: MovedWorkers;
      readonly times: StageTimes;
    }
  | ({ readonly type: "stays" } & Stay)
  | { readonly type: "added"; readonly component: string }
  | { readonly type: "removed"; readonly component: string; readonly workers: number }
  | { readonly type: "warning"; readonly component: string | undefined; readonly message: string }
  | ({ readonly type: "call" } & WorkerCall)
  | ({ readonly type: "answer" } & WorkerAnswer)
  | ({ readonly type: "print"; readonly stream: "stdout" | "stderr"; readonly text: string } & NamedWorker)
  | ({
      readonly type: "log";
      readonly level: string;
      readonly context: string;
      readonly message: string;
    } & NamedWorker)
  | { readonly type: "ended" }
);

/** An event that has yet to get its time. */
export type NewDevEvent = DevEvent extends infer Event
  ? Event extends DevEvent
    ? Omit<Event, "time">
    : never
  : never;
