import { filesystemErrorCode, type ErrorCode } from "wasi:filesystem/types@0.2.0";

import { streamFailureOf } from "../io/stream-failure.ts";
import { refuseLoneSurrogates } from "../lone-surrogate.ts";
import { payloadOf } from "../result-error.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/** For every `wasi:filesystem/types.error-code` the code that Node has for it, and what it means. */
const CODES = {
  access: ["EACCES", "permission denied"],
  "would-block": ["EAGAIN", "it would have to wait"],
  already: ["EALREADY", "it is under way already"],
  "bad-descriptor": ["EBADF", "the file was not opened for this, or is closed"],
  busy: ["EBUSY", "it is in use"],
  deadlock: ["EDEADLK", "it would wait for itself"],
  quota: ["EDQUOT", "the quota is used up"],
  exist: ["EEXIST", "it exists already"],
  "file-too-large": ["EFBIG", "the file would be too large"],
  "illegal-byte-sequence": ["EILSEQ", "the name has bytes that are not allowed"],
  "in-progress": ["EINPROGRESS", "it is under way"],
  interrupted: ["EINTR", "it was interrupted"],
  invalid: ["EINVAL", "an argument is not valid"],
  io: ["EIO", "reading or writing the disk failed"],
  "is-directory": ["EISDIR", "it is a directory"],
  loop: ["ELOOP", "symbolic links go round in a circle"],
  "too-many-links": ["EMLINK", "it has too many links"],
  "message-size": ["EMSGSIZE", "the message is too large"],
  "name-too-long": ["ENAMETOOLONG", "the name is too long"],
  "no-device": ["ENODEV", "there is no such device"],
  "no-entry": ["ENOENT", "there is no such file or directory"],
  "no-lock": ["ENOLCK", "there are no locks left"],
  "insufficient-memory": ["ENOMEM", "there is not enough memory"],
  "insufficient-space": ["ENOSPC", "there is no space left"],
  "not-directory": ["ENOTDIR", "it is no directory"],
  "not-empty": ["ENOTEMPTY", "the directory is not empty"],
  "not-recoverable": ["ENOTRECOVERABLE", "its state cannot be recovered"],
  unsupported: ["ENOTSUP", "that is not supported"],
  "no-tty": ["ENOTTY", "it is no terminal"],
  "no-such-device": ["ENXIO", "there is no such device or address"],
  overflow: ["EOVERFLOW", "a number is too large"],
  "not-permitted": [
    "EPERM",
    "that is not permitted: the path leads out of the worker's files, or the file is read-only",
  ],
  pipe: ["EPIPE", "nobody reads what is written"],
  "read-only": ["EROFS", "the file system is read-only"],
  "invalid-seek": ["ESPIPE", "there is no such position"],
  "text-file-busy": ["ETXTBSY", "it is being executed"],
  "cross-device": ["EXDEV", "source and target are on different file systems"],
} as const satisfies Record<ErrorCode, readonly [string, string]>;

/**
 * Codes of Node for what can go wrong with a file.
 *
 * @example
 * ```ts
 * const missing: FsErrorCode = "ENOENT";
 * ```
 */
export type FsErrorCode = (typeof CODES)[ErrorCode][0];

/**
 * An operation on files failed.
 *
 * @example
 * ```ts
 * try {
 *   await writeFile("report.txt", "…", { flag: "wx" });
 * } catch (error) {
 *   if (!isFsError(error, "EEXIST")) throw error;
 * }
 * ```
 */
export class FsError extends SdkError {
  override readonly name = "FsError" as const;
  declare readonly code: FsErrorCode;
  /** The platform's own word for {@link code}. */
  readonly errorCode: ErrorCode;
  readonly path: string;
  /** The second path of operations that have two. */
  readonly target: string | undefined;

  /** @param details.reason @default what the code means */
  constructor(
    { operation, path, target }: FsOperation,
    errorCode: ErrorCode,
    { cause, reason }: { readonly cause?: unknown; readonly reason?: string } = {},
  ) {
    const [code, meaning] = CODES[errorCode];
    const subject = target === undefined ? `"${path}"` : `"${path}", "${target}"`;
    super({
      code,
      operation,
      message: `${operation}(${subject}) failed: ${reason ?? meaning} (${code})`,
      cause,
    });
    this.errorCode = errorCode;
    this.path = path;
    this.target = target;
  }
}

/**
 * Whether `error` is an {@link FsError}; with `code`, only one of that code.
 *
 * @example
 * ```ts
 * const report = await readFile("report.txt", "utf8").catch((error: unknown) => {
 *   if (isFsError(error, "ENOENT")) return "";
 *   throw error;
 * });
 * ```
 */
export function isFsError(error: unknown, code?: FsErrorCode): error is FsError {
  return isSdkErrorNamed(error, "FsError") && (code === undefined || (error as FsError).code === code);
}

/** What is done with files. */
export interface FsOperation {
  readonly operation: string;
  readonly path: string;
  readonly target?: string | undefined;
}

/** Runs calls of the platform; the codes that they throw become {@link FsError}s. */
export function fsCall<T>(operation: FsOperation, call: () => T): T {
  refuseOtherPaths(operation);
  try {
    return call();
  } catch (thrown) {
    throw fsFailure(operation, thrown);
  }
}

/** As {@link fsCall}, for what waits. */
export async function fsWait<T>(operation: FsOperation, call: () => Promise<T>): Promise<T> {
  refuseOtherPaths(operation);
  try {
    return await call();
  } catch (thrown) {
    throw fsFailure(operation, thrown);
  }
}

/** Paths that would become other paths on the way to the platform. */
function refuseOtherPaths(operation: FsOperation): void {
  const { path, target = "" } = operation;
  refuseLoneSurrogates(
    [path, target],
    (reason) => new FsError(operation, "illegal-byte-sequence", { reason }),
  );
}

/** What `thrown` means; what is not the platform's stays as it is. */
export function fsFailure(operation: FsOperation, thrown: unknown): unknown {
  const payload = payloadOf(thrown);
  if (isErrorCode(payload)) return new FsError(operation, payload, { cause: payload });
  let code: ErrorCode | undefined;
  const failure = streamFailureOf(thrown, (error) => {
    code = filesystemErrorCode(error);
  });
  return failure === undefined ? thrown : new FsError(operation, code ?? "io", { cause: failure });
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(CODES, value);
}
