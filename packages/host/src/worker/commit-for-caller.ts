import { GolemError } from "../golem-error.ts";
import { StorageError } from "../storage/storage-error.ts";
import type { Journal } from "./journal.ts";

/** Commits what the caller is about to be told. @throws GolemError `Unknown` if it cannot be written */
export function commitForCaller(journal: Journal): void {
  try {
    journal.commit();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new GolemError({ type: "Unknown", details: error.message }, { cause: error });
  }
}
