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

/** What was taken of the oplog meanwhile. */
interface Taken {
  /** Index of the last entry that was taken, if any was. */
  readonly taken?: number;
  /** True once: the program is to pause, since that was the entry at which it is to. */
  readonly pauses?: boolean;
}

export type Answer =
  | (Taken & { readonly type: "value"; readonly value: unknown })
  | (Taken & { readonly type: "call"; readonly target: ProgramExport; readonly params: readonly unknown[] })
  /** The program may not go on: all is replayed, or it does something else than what is recorded. */
  | { readonly type: "over" }
  | {
      readonly type: "report";
      readonly report: ReplayReport;
      /** The last outcome is not recorded: it would be live. */
      readonly isBeyond: boolean;
    }
  /** The oplog cannot be replayed at all. */
  | { readonly type: "failed"; readonly message: string };
