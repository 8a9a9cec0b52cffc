import type { ByteRange } from "../byte-range.ts";
import type { Bytes } from "../bytes.ts";
import { streamOf, type Content } from "../content.ts";
import { byteCount } from "./byte-count.ts";
import { FileHandle } from "./file-handle.ts";
import { fsCall, FsError, isFsError, type FsOperation } from "./fs-error.ts";
import { flagsOf, type OpenMode } from "./open-mode.ts";
import { Roots } from "./root.ts";

/**
 * Opens a file. Symbolic links are followed. Stands on `wasi:filesystem/types.descriptor.open-at`.
 *
 * @param mode what for @default "r"
 * @throws FsError; `EISDIR` for a directory
 * @example
 * ```ts
 * await using file = await open("data.bin", "r+");
 * await file.write(Uint8Array.of(1, 2, 3), 128);
 * ```
 */
export async function open(path: string, mode: OpenMode = "r"): Promise<FileHandle> {
  return openFile({ operation: "open", path }, mode);
}

/**
 * A file's whole content, as bytes or as text in UTF-8.
 *
 * Stands on `wasi:filesystem/types.descriptor.read`.
 *
 * @throws FsError; CodecError if it is not UTF-8
 * @example
 * ```ts
 * const bytes = await readFile("logo.png");
 * const text = await readFile("report.txt", "utf8");
 * ```
 */
export async function readFile(path: string): Promise<Bytes>;
export async function readFile(path: string, encoding: "utf8"): Promise<string>;
export async function readFile(path: string, encoding?: "utf8"): Promise<Bytes | string> {
  using file = openFile({ operation: "readFile", path }, "r");
  return encoding === undefined ? await file.readFile() : await file.readFile(encoding);
}

/**
 * How `writeFile` opens its file.
 *
 * @example
 * ```ts
 * const onlyOnce: WriteFileOptions = { flag: "wx" };
 * ```
 */
export interface WriteFileOptions {
  /** @default "w" */
  readonly flag?: OpenMode;
}

/**
 * Writes a file: bytes, text in UTF-8, or whatever gives chunks of bytes, such as a web stream. What was there is gone.
 *
 * Stands on `wasi:filesystem/types.descriptor.write`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await writeFile("report.txt", "all is well\n");
 * const response = await fetch("https://example.com/logo.png");
 * if (response.body) await writeFile("logo.png", response.body);
 * ```
 */
export async function writeFile(
  path: string,
  content: Content,
  { flag = "w" }: WriteFileOptions = {},
): Promise<void> {
  using file = openFile({ operation: "writeFile", path }, flag);
  await file.write(content);
}

/**
 * Writes at the end of a file, which is created if need be.
 *
 * Stands on `wasi:filesystem/types.descriptor.append-via-stream`.
 *
 * @throws FsError
 * @example
 * ```ts
 * await appendFile("log.txt", "one more line\n");
 * ```
 */
export async function appendFile(path: string, content: Content): Promise<void> {
  using file = openFile({ operation: "appendFile", path }, "a");
  await file.write(content);
}

/**
 * Cuts a file off, or fills it up with zeroes. Stands on `wasi:filesystem/types.descriptor.set-size`.
 *
 * @param size in bytes @default 0
 * @throws FsError
 * @example
 * ```ts
 * await truncate("log.txt");
 * ```
 */
export async function truncate(path: string, size = 0): Promise<void> {
  using file = openFile({ operation: "truncate", path }, "r+");
  await file.truncate(size);
}

/**
 * Copies a file, in pieces: memory stays small however large it is. A file that is copied to itself stays as it is.
 *
 * Stands on `wasi:filesystem/types.descriptor.read-via-stream` and `write`.
 *
 * @param options.exclusive fails if the target exists @default false
 * @throws FsError
 * @example
 * ```ts
 * await copyFile("report.txt", "report.old.txt");
 * ```
 */
export async function copyFile(
  source: string,
  target: string,
  { exclusive = false }: { readonly exclusive?: boolean } = {},
): Promise<void> {
  using from = openFile({ operation: "copyFile", path: source }, "r");
  if (!exclusive && (await isFile(target, from))) return;
  using to = openFile({ operation: "copyFile", path: target }, exclusive ? "wx" : "w");
  await to.write(from.chunks());
}

/**
 * A file, or a part of it, as a web stream. The file is opened when the stream is first read, and closed when it ends or
 * is cancelled.
 *
 * Stands on `wasi:filesystem/types.descriptor.read-via-stream`.
 *
 * @param range first byte and the one after the last: unlike in Node, `end` is not part of it
 * @example
 * ```ts
 * const response = new Response(createReadStream("report.txt", { end: 1_024 }));
 * ```
 */
export function createReadStream(path: string, range: ByteRange = {}): ReadableStream<Bytes> {
  return streamOf(chunksOfFile(path, range));
}

/**
 * A web stream that writes a file, which is opened at its first chunk, or at its end if there is none, and closed with it.
 *
 * Stands on `wasi:filesystem/types.descriptor.write-via-stream`, or `append-via-stream`.
 *
 * @param options.flag how the file is opened @default "w"
 * @param options.start the first byte that is written @default 0
 * @throws FsError `EINVAL` for a start that is no position
 * @example
 * ```ts
 * const response = await fetch("https://example.com/logo.png");
 * await response.body?.pipeTo(createWriteStream("logo.png"));
 * ```
 */
export function createWriteStream(
  path: string,
  { flag = "w", start = 0 }: WriteFileOptions & { readonly start?: number } = {},
): WritableStream<Uint8Array | string> {
  const operation: FsOperation = { operation: "createWriteStream", path };
  byteCount(operation, "The start", start);
  let file: FileHandle | undefined;
  let writer: WritableStreamDefaultWriter<Uint8Array | string> | undefined;
  const begin = (): WritableStreamDefaultWriter<Uint8Array | string> => {
    file ??= openFile(operation, flag);
    writer ??= file.writable(start).getWriter();
    return writer;
  };
  return new WritableStream({
    async write(content) {
      try {
        await begin().write(content);
      } catch (error) {
        await file?.close();
        throw error;
      }
    },
    async close() {
      begin();
      await file?.close();
    },
    async abort() {
      await file?.close();
    },
  });
}

/** Whether a path leads to a file that is open. */
async function isFile(path: string, file: FileHandle): Promise<boolean> {
  try {
    using other = openFile({ operation: "copyFile", path }, "r");
    return await file.isSameFile(other);
  } catch (error) {
    if (isFsError(error, "ENOENT")) return false;
    throw error;
  }
}

async function* chunksOfFile(path: string, range: ByteRange): AsyncGenerator<Bytes, void, undefined> {
  using file = openFile({ operation: "createReadStream", path }, "r");
  yield* file.chunks(range);
}

function openFile(operation: FsOperation, mode: OpenMode): FileHandle {
  const flags = flagsOf(mode);
  return fsCall(operation, () => {
    using roots = Roots.open();
    const { directory, path } = roots.place(operation.path, operation);
    const descriptor = directory.openAt({ symlinkFollow: true }, path, flags.open, flags.descriptor);
    const file = new FileHandle(operation.path, descriptor, flags.append);
    try {
      if (descriptor.getType() === "directory") throw new FsError(operation, "is-directory");
      return file;
    } catch (error) {
      file[Symbol.dispose]();
      throw error;
    }
  });
}
