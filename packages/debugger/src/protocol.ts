import type { ProgramExport, ReplayReport } from "@golem-kit/host";

/** What the program's thread asks of the one that replays. Values are those of {@link lower}. */
export type Ask =
  | {
      readonly type: "import";
      readonly interfaceId: string;
      /** Canonical WIT name. */
      readonly functionName: string;
      readonly args: readonly unknown[];
    }
  /** The next call of an exported function, after what became of the last one. */
  | { readonly type: "next"; readonly outcome?: Outcome }
  /** The end of the replay, which an import has told. */
  | { readonly type: "end" };

export type Outcome =
  | { readonly type: "returned"; readonly value: unknown }
  /** Failed for another reason than a WIT `result`. */
  | { readonly type: "trapped"; readonly message: string };

export type Answer =
  | {
      readonly type: "value";
      readonly value: unknown;
      /** The oplog index at which the program is to pause before it goes on. */
      readonly pauseAt?: number;
    }
  | {
      readonly type: "call";
      readonly target: ProgramExport;
      readonly params: readonly unknown[];
      readonly pauseAt?: number;
    }
  /** The program may not go on: all is replayed, or it does something else than what is recorded. */
  | { readonly type: "over" }
  | { readonly type: "report"; readonly report: ReplayReport }
  /** Whoever replays has failed itself. */
  | { readonly type: "failed"; readonly message: string };
