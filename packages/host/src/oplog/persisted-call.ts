import type { EntryOf } from "./entry.ts";

/** What a guest records of a function of its own. */
export type PersistedCall = Omit<EntryOf<"ImportedFunctionInvoked">, "type" | "timestamp">;
