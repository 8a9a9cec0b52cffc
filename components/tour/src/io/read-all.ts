import type { InputStream, StreamError } from "wasi:io/streams@0.2.0";

import { payloadOf } from "./payload.ts";

const CHUNK = 65_536n;

/**
 * The text of a stream, until its end.
 *
 * @param ready waits until there is something to read
 */
export function readAll(stream: InputStream, ready?: () => void): string {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    ready?.();
    try {
      text += decoder.decode(stream.blockingRead(CHUNK), { stream: true });
    } catch (thrown) {
      if ((payloadOf(thrown) as StreamError | undefined)?.tag === "closed") return text + decoder.decode();
      throw thrown;
    }
  }
}
