import type { Error as IoError } from "wasi:io/error@0.2.0";

import { payloadOf } from "../result-error.ts";

/** What a `wasi:io/streams.stream-error` says, without its handle. */
export type StreamFailure =
  | { readonly tag: "closed" }
  | { readonly tag: "last-operation-failed"; readonly reason: string };

/**
 * What is thrown by a stream's function, as a plain value; `undefined` if it is something else. The error's handle is
 * dropped.
 *
 * @param look sees the handle before
 */
export function streamFailureOf(
  thrown: unknown,
  look: (error: IoError) => void = () => undefined,
): StreamFailure | undefined {
  const payload = payloadOf(thrown);
  if (typeof payload !== "object" || payload === null || !("tag" in payload)) return undefined;
  if (payload.tag === "closed") return { tag: "closed" };
  if (payload.tag !== "last-operation-failed" || !("val" in payload)) return undefined;
  using error = payload.val as IoError;
  look(error);
  return { tag: "last-operation-failed", reason: error.toDebugString() };
}

/** The failure in words. */
export function describeStreamFailure(failure: StreamFailure): string {
  return failure.tag === "closed" ? "the stream is closed" : failure.reason;
}
