/** Something on disk could not be read or written. What was acknowledged before is not affected. */
export class StorageError extends Error {
  override readonly name = "StorageError" as const;
  /** The file is there, but not what was written: only what it holds is lost. */
  readonly isDamage: boolean;

  constructor(message: string, options: ErrorOptions & { readonly isDamage?: boolean } = {}) {
    super(message, options);
    this.isDamage = options.isDamage ?? false;
  }
}

/** What to do about a file that holds something else than what was written. */
const RESTORE = "restore it from a backup, or move it away to lose only its workers";

/** A file holds something else than what was written to it. @param what where, e.g. "entry 7 of w is not what was written" */
export function damage(file: string, what: string, remedy = RESTORE): StorageError {
  return new StorageError(`Cannot use ${file}: ${what}. What to do: ${remedy}.`, { isDamage: true });
}

/** Primary SQLite result codes that say so. Statements are always the same: one that is wrong is so by a damaged schema. */
const DAMAGE_CODES: ReadonlySet<number> = new Set([1, 11, 26]);

const REASONS: ReadonlyMap<number, readonly [what: string, remedy: string]> = new Map([
  [1, ["the file is damaged", RESTORE]],
  [5, ["the file is locked by another program", "close the program that uses it"]],
  [8, ["the file is read-only", "make the data directory writable for this user"]],
  [10, ["the disk reported an input/output error", "check the disk and its free space"]],
  [11, ["the file is damaged", RESTORE]],
  [
    13,
    [
      "the disk is full",
      "free some space, and repeat the call with the same idempotency key: it may have been taken",
    ],
  ],
  [14, ["the file cannot be opened", "check that the data directory exists and is writable"]],
  [23, ["access was denied", "check the permissions of the data directory"]],
  [26, ["the file is not a SQLite database", RESTORE]],
]);

/** Runs `action` on the SQLite file `file`; an SQLite error becomes a `StorageError` that names file, reason and remedy. */
export function withStorageErrors<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw storageError(file, cause);
  }
}

/** Like `withStorageErrors`, for a plain file or folder. */
export async function withFileErrors<T>(file: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw fileError(file, cause);
  }
}

/** What to tell of a plain file or folder that could not be read or written. */
export function fileError(file: string, cause: unknown): StorageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StorageError(
    `Cannot use ${file}: ${reason}. What to do: check the disk's free space and permissions.`,
    { cause },
  );
}

function storageError(file: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !("errcode" in cause) || typeof cause.errcode !== "number") return cause;
  // The low byte of an SQLite result code is the primary code.
  const code = cause.errcode & 0xff;
  const [what, remedy] = REASONS.get(code) ?? [cause.message, "see the cause"];
  const isDamage = DAMAGE_CODES.has(code);
  return new StorageError(`Cannot use ${file}: ${what}. What to do: ${remedy}.`, { cause, isDamage });
}
