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
  | "insufficient-space"
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
  | "quota"
  | "read-only"
  | "text-file-busy"
  | "too-many-links"
  | "unsupported";

/** A file operation that failed for a reason that the guest is told. */
export class FilesystemError extends Error {
  override readonly name = "FilesystemError" as const;
  readonly code: ErrorCode;

  constructor(code: ErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: "access",
  EBADF: "bad-descriptor",
  EBUSY: "busy",
  EDQUOT: "quota",
  EEXIST: "exist",
  EFBIG: "file-too-large",
  EILSEQ: "illegal-byte-sequence",
  EINVAL: "invalid",
  EISDIR: "is-directory",
  ELOOP: "loop",
  EMFILE: "insufficient-memory",
  EMLINK: "too-many-links",
  ENAMETOOLONG: "name-too-long",
  ENFILE: "insufficient-memory",
  ENOENT: "no-entry",
  ENOMEM: "insufficient-memory",
  ENOSPC: "insufficient-space",
  ENOTDIR: "not-directory",
  ENOTEMPTY: "not-empty",
  ENOTSUP: "unsupported",
  EOPNOTSUPP: "unsupported",
  EOVERFLOW: "overflow",
  EPERM: "not-permitted",
  EROFS: "read-only",
  ESPIPE: "invalid-seek",
  ETXTBSY: "text-file-busy",
  EXDEV: "cross-device",
};

/** The failure in the guest's terms; `undefined` for one that no file operation caused. */
export function asFilesystemError(error: unknown): FilesystemError | undefined {
  if (error instanceof FilesystemError) return error;
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return new FilesystemError(CODES[String(error.code)] ?? "io", { cause: error });
}
