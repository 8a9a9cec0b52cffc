import { OutgoingValue } from "wasi:blobstore/types";

import { flush, writeAll } from "../io/output.ts";

/** Makes a value of chunks of bytes, as fast as the store takes them. The caller disposes of it. */
export async function outgoingValueOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<OutgoingValue> {
  const value = OutgoingValue.newOutgoingValue();
  try {
    using body = value.outgoingValueWriteBody();
    for await (const chunk of chunks) await writeAll(body, chunk);
    await flush(body);
    return value;
  } catch (error) {
    value[Symbol.dispose]();
    throw error;
  }
}
