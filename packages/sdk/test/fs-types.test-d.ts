import { expectTypeOf } from "vitest";

import type { Dirent, FileHandle, FsError, Stats } from "../src/fs.ts";
import {
  appendFile,
  copyFile,
  exists,
  isFsError,
  link,
  lstat,
  lutimes,
  metadataHash,
  mkdir,
  readlink,
  rename,
  rm,
  rmdir,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
  type AdvisedPart,
  type ByteRange,
  type Bytes,
  type Content,
  type FileTime,
  type FileType,
  type FsErrorCode,
  type OpenMode,
  type ReaddirOptions,
  type RmOptions,
  type WriteFileOptions,
} from "../src/fs.ts";

type Change = (path: string) => Promise<void>;
type Link = (path: string, newPath: string) => Promise<void>;
type SetTimes = (path: string, accessed: FileTime, modified: FileTime) => Promise<void>;

// Files.
expectTypeOf(writeFile).toEqualTypeOf<
  (path: string, content: Content, options?: WriteFileOptions) => Promise<void>
>();
expectTypeOf<WriteFileOptions>().toEqualTypeOf<{ readonly flag?: OpenMode }>();
expectTypeOf<OpenMode>().toEqualTypeOf<"r" | "r+" | "w" | "wx" | "w+" | "wx+" | "a" | "ax" | "a+" | "ax+">();
expectTypeOf(appendFile).toEqualTypeOf<(path: string, content: Content) => Promise<void>>();
expectTypeOf(truncate).toEqualTypeOf<(path: string, size?: number) => Promise<void>>();
expectTypeOf(copyFile).toEqualTypeOf<
  (source: string, target: string, options?: { readonly exclusive?: boolean }) => Promise<void>
>();
expectTypeOf(unlink).toEqualTypeOf<Change>();

// Directories and links.
expectTypeOf(mkdir).toEqualTypeOf<
  (path: string, options?: { readonly recursive?: boolean }) => Promise<void>
>();
expectTypeOf(rmdir).toEqualTypeOf<Change>();
expectTypeOf(rm).toEqualTypeOf<(path: string, options?: RmOptions) => Promise<void>>();
expectTypeOf<RmOptions>().toEqualTypeOf<{ readonly recursive?: boolean; readonly force?: boolean }>();
expectTypeOf<ReaddirOptions>().toEqualTypeOf<{
  readonly withFileTypes?: boolean;
  readonly recursive?: boolean;
}>();
expectTypeOf(rename).toEqualTypeOf<Link>();
expectTypeOf(link).toEqualTypeOf<Link>();
expectTypeOf(symlink).toEqualTypeOf<(target: string, path: string) => Promise<void>>();
expectTypeOf(readlink).toEqualTypeOf<(path: string) => Promise<string>>();

// Metadata.
expectTypeOf(lstat).toEqualTypeOf<(path: string) => Promise<Stats>>();
expectTypeOf(exists).toEqualTypeOf<(path: string) => Promise<boolean>>();
expectTypeOf(utimes).toEqualTypeOf<SetTimes>();
expectTypeOf(lutimes).toEqualTypeOf<SetTimes>();
expectTypeOf(metadataHash).toEqualTypeOf<(path: string) => Promise<bigint>>();
expectTypeOf<FileTime>().toEqualTypeOf<Date | { readonly epochMilliseconds: number } | "now" | "unchanged">();
expectTypeOf<"directory" | "regular-file" | "symbolic-link" | "unknown">().toExtend<FileType>();
expectTypeOf<Pick<Stats, "type" | "size" | "modified" | "modifiedNanoseconds">>().toEqualTypeOf<{
  readonly type: FileType;
  readonly size: number;
  readonly modified: Date | undefined;
  readonly modifiedNanoseconds: bigint | undefined;
}>();
expectTypeOf<
  Pick<Dirent, "name" | "parentPath" | "isFile" | "isDirectory" | "isSymbolicLink">
>().toEqualTypeOf<{
  readonly name: string;
  readonly parentPath: string;
  isFile: () => boolean;
  isDirectory: () => boolean;
  isSymbolicLink: () => boolean;
}>();

// Handles.
expectTypeOf<FileHandle>().toExtend<Disposable & AsyncDisposable>();
expectTypeOf<
  Omit<FileHandle, typeof Symbol.dispose | typeof Symbol.asyncDispose | "readFile" | "advise" | "flags">
>().toEqualTypeOf<{
  readonly path: string;
  read: (length?: number, position?: number) => Promise<Bytes>;
  write: (content: Content, position?: number) => Promise<void>;
  readable: (range?: ByteRange) => ReadableStream<Bytes>;
  chunks: (range?: ByteRange) => AsyncGenerator<Bytes, void, undefined>;
  writable: (start?: number) => WritableStream<Uint8Array | string>;
  stat: () => Promise<Stats>;
  truncate: (size?: number) => Promise<void>;
  utimes: (accessed: FileTime, modified: FileTime) => Promise<void>;
  sync: () => Promise<void>;
  datasync: () => Promise<void>;
  isSameFile: (other: FileHandle) => Promise<boolean>;
  metadataHash: () => Promise<bigint>;
  close: () => Promise<void>;
}>();
declare const handle: FileHandle;
expectTypeOf(handle.readFile()).resolves.toEqualTypeOf<Bytes>();
expectTypeOf(handle.readFile("utf8")).resolves.toEqualTypeOf<string>();
expectTypeOf<FileHandle["advise"]>().parameter(1).toEqualTypeOf<AdvisedPart | undefined>();
expectTypeOf(handle.advise("sequential")).resolves.toBeVoid();
expectTypeOf<AdvisedPart>().toEqualTypeOf<{ readonly offset?: number; readonly length?: number }>();
expectTypeOf(handle.flags()).resolves.toHaveProperty("write").toEqualTypeOf<boolean | undefined>();

// Errors.
expectTypeOf<"ENOENT" | "EEXIST" | "ENOTEMPTY" | "EACCES">().toExtend<FsErrorCode>();
expectTypeOf<string>().not.toExtend<FsErrorCode>();
expectTypeOf(isFsError).parameters.toEqualTypeOf<[error: unknown, code?: FsErrorCode | undefined]>();
expectTypeOf<Pick<FsError, "code" | "path" | "target">>().toEqualTypeOf<{
  readonly code: FsErrorCode;
  readonly path: string;
  readonly target: string | undefined;
}>();
