import type { WorkerStatus } from "../api/worker-metadata.ts";

/** Golem's filter JSON of `POST …/workers/find`. */
export type WorkerFilter =
  | { readonly type: "Name"; readonly comparator: StringComparator; readonly value: string }
  | { readonly type: "Status"; readonly comparator: Comparator; readonly value: WorkerStatus }
  | { readonly type: "Version"; readonly comparator: Comparator; readonly value: number }
  | { readonly type: "CreatedAt"; readonly comparator: Comparator; readonly value: string }
  | {
      readonly type: "Env";
      readonly name: string;
      readonly comparator: StringComparator;
      readonly value: string;
    }
  | { readonly type: "And" | "Or"; readonly filters: readonly WorkerFilter[] }
  | { readonly type: "Not"; readonly filter: WorkerFilter };

export type StringComparator = "Equal" | "NotEqual" | "Like" | "NotLike";
export type Comparator = "Equal" | "NotEqual" | "GreaterEqual" | "Greater" | "LessEqual" | "Less";
