import { asFilesystemError } from "../../filesystem/filesystem-error.ts";
import type { OpenFile } from "../../filesystem/open-file.ts";
import { READY } from "./pollable.ts";
import { type InputStream, type OutputStream, outputStreamTo, StreamError } from "./streams.ts";

/** Reads from `offset` to the end, as it is when it is reached. */
export function fileInputStream(file: OpenFile, offset: bigint): InputStream {
  const close = using(file);
  let position = offset;
  return {
    read(length) {
      const chunk = asStream(() => file.read(BigInt(length), position));
      if (chunk.length === 0 && length > 0) throw new StreamError("The file has ended", true);
      position += BigInt(chunk.length);
      return chunk;
    },
    readable: () => Promise.resolve(),
    pollable: () => READY,
    close,
  };
}

/** Writes from `offset` on. */
export function fileOutputStream(file: OpenFile, offset: bigint): OutputStream {
  let position = offset;
  return outputStream(file, (contents) => {
    file.write(contents, position);
    position += BigInt(contents.length);
  });
}

/** Every write goes to where the file ends at that moment. */
export function fileAppendStream(file: OpenFile): OutputStream {
  return outputStream(file, (contents) => file.write(contents, file.stat().size));
}

function outputStream(file: OpenFile, write: (contents: Uint8Array) => void): OutputStream {
  const closeFile = using(file);
  const stream = outputStreamTo((contents) => asStream(() => write(contents)));
  return {
    ...stream,
    close() {
      stream.close();
      closeFile();
    },
  };
}

/** Keeps the file open until the returned function is called; a second call does nothing. */
function using(file: OpenFile): () => void {
  file.retain();
  let open = true;
  return () => {
    if (open) file.release();
    open = false;
  };
}

/** The stream fails for the reason that the file operation fails for, which the guest can ask for. */
function asStream<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    const cause = asFilesystemError(error);
    if (cause === undefined) throw error;
    throw new StreamError(cause.code, false, { cause });
  }
}
