import { StorageError } from "../ground/storage-error.ts";
import { asGolemError } from "./failure-error.ts";
import type { Journal } from "../journal/journal.ts";

/** Commits what the caller is about to be told. @throws GolemError `Unknown` if it cannot be written */
export function commitForCaller(journal: Journal): void {
  try {
    journal.commit();
  } catch (error) {
    throw error instanceof StorageError ? asGolemError(error) : error;
  }
}
