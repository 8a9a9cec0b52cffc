import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { TraceParent } from "../ground/api/trace.ts";
import { randomSpanId } from "../oplog/invocation-trace.ts";

/** Who sends a request. */
export interface RestClient {
  /** `127.0.0.1:42716` */
  readonly address: string;
}

/**
 * A trace that begins with a request: its only span tells how the request was made.
 *
 * @param now milliseconds since the epoch
 */
export function requestTrace({ req, env }: Context, now: number): TraceParent {
  const { pathname, search } = new URL(req.url);
  const client = env as RestClient | undefined;
  const attributes = {
    "request.method": req.method,
    "request.uri": `${pathname}${search}`,
    ...(client && { "request.remote_addr": `socket://${client.address}` }),
  };
  const span = { spanId: randomSpanId(), parentId: null, start: now, attributes, inherited: false };
  return { traceId: randomBytes(16).toString("hex"), spans: [span] };
}
