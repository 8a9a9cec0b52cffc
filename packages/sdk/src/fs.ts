/**
 * A worker's own files, with the names of `node:fs/promises`. They belong to one worker and are made again by replay.
 * Paths begin at the worker's root, with or without `/`.
 *
 * The world imports `wasi:filesystem/types@0.2.0` and `wasi:filesystem/preopens@0.2.0`.
 */
export { CodecError, isCodecError } from "./codec.ts";
export type { ByteRange } from "./byte-range.ts";
export type { Bytes } from "./bytes.ts";
export type { Content } from "./content.ts";
export { mkdir, readdir, rm, rmdir, unlink, type ReaddirOptions, type RmOptions } from "./fs/directories.ts";
export type { AdvisedPart } from "./fs/advised-part.ts";
export { FileHandle } from "./fs/file-handle.ts";
export type { FileTime } from "./fs/file-time.ts";
export {
  appendFile,
  copyFile,
  createReadStream,
  createWriteStream,
  open,
  readFile,
  truncate,
  writeFile,
  type WriteFileOptions,
} from "./fs/files.ts";
export { FsError, isFsError, type FsErrorCode } from "./fs/fs-error.ts";
export { link, readlink, rename, symlink } from "./fs/links.ts";
export { exists, lstat, lutimes, metadataHash, stat, utimes } from "./fs/metadata.ts";
export type { OpenMode } from "./fs/open-mode.ts";
export { Dirent, Stats, type FileType } from "./fs/stats.ts";
