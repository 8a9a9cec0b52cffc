import { StorageError } from "../ground/storage-error.ts";
import { CodedError } from "../ground/wit/coded-error.ts";

/** wasi:filesystem/types.error-code, as far as files can cause them. */
export type ErrorCode =
  | "access"
  | "bad-descriptor"
  | "busy"
  | "cross-device"
  | "exist"
  | "file-too-large"
  | "illegal-byte-sequence"
  | "insufficient-memory"
  | "invalid"
  | "invalid-seek"
  | "io"
  | "is-directory"
  | "loop"
  | "name-too-long"
  | "no-entry"
  | "not-directory"
  | "not-empty"
  | "not-permitted"
  | "overflow"
  | "text-file-busy"
  | "too-many-links"
  | "unsupported";

/** A file operation that failed for a reason that the guest is told. */
export class FilesystemError extends CodedError<ErrorCode> {
  override readonly name = "FilesystemError" as const;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: "access",
  EBADF: "bad-descriptor",
  EBUSY: "busy",
  EEXIST: "exist",
  EFBIG: "file-too-large",
  EILSEQ: "illegal-byte-sequence",
  EINVAL: "invalid",
  EISDIR: "is-directory",
  ELOOP: "loop",
  EMLINK: "too-many-links",
  ENAMETOOLONG: "name-too-long",
  ENOENT: "no-entry",
  ENOTDIR: "not-directory",
  ENOTEMPTY: "not-empty",
  ENOTSUP: "unsupported",
  EOPNOTSUPP: "unsupported",
  EOVERFLOW: "overflow",
  EPERM: "not-permitted",
  ESPIPE: "invalid-seek",
  ETXTBSY: "text-file-busy",
  EXDEV: "cross-device",
};

/** Failures of the machine, which a guest that is replayed does not meet again: it must not know of them. */
const TROUBLES: Readonly<Record<string, string>> = {
  EDQUOT: "the disk quota is used up",
  EIO: "the disk reported an input/output error",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENOMEM: "there is no memory left",
  ENOSPC: "the disk is full",
  EROFS: "the disk can only be read",
};

/**
 * The failure in the guest's terms; `undefined` for one that no file operation caused.
 *
 * @throws StorageError if it is the machine's
 */
export function asFilesystemError(error: unknown): FilesystemError | undefined {
  if (error instanceof FilesystemError) return error;
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  const trouble = TROUBLES[String(error.code)];
  if (trouble === undefined) return new FilesystemError(CODES[String(error.code)] ?? "io", { cause: error });
  throw new StorageError(
    `Cannot use a worker's file system: ${trouble}. What to do: mend that on the host's machine, and repeat the call with the same idempotency key.`,
    { cause: error },
  );
}
