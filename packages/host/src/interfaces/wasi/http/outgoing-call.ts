import type { RemoteWrite } from "../../../oplog/remote-write.ts";
import type { Span } from "../../tracing.ts";
import { list, record, string, tuple, variant } from "../../../ground/wit/wit-types.ts";
import { READY, type Pollable } from "../pollable.ts";
import { Exchange } from "./exchange.ts";
import type { Fields, RecordedFields } from "./fields.ts";
import {
  type Method,
  methodName,
  type OutgoingRequest,
  type RequestOptions,
  type Target,
} from "./outgoing-request.ts";
import type { HttpPorts } from "./http-ports.ts";

const METHODS = ["Get", "Post", "Put", "Delete", "Head", "Connect", "Options", "Trace", "Patch"];

/** What is recorded of a request with everything that is read of its response. */
export const RECORDED_REQUEST = record({
  uri: string,
  method: variant({ ...Object.fromEntries(METHODS.map((name) => [name, null])), Other: string }),
  headers: list(tuple(string, string)),
});

export interface RecordedRequest {
  readonly uri: string;
  readonly method: { readonly tag: string; readonly val?: string };
  readonly headers: RecordedFields;
}

/**
 * A request with its response, as one remote write: it begins when the request is sent and ends when nothing more can
 * come of it. Replayed, it is not sent, and everything that comes of it is in the oplog.
 *
 * It belongs to one resource at a time: the future, then the response, the body, its stream. Dropping that ends it.
 */
export class OutgoingCall {
  readonly recorded: RecordedRequest;
  readonly write: RemoteWrite;
  /** Absent when the request was made before the worker was last loaded. */
  readonly exchange: Exchange | undefined;
  readonly #context: HttpPorts;
  readonly #span: Span;
  /** The call itself before anything else. */
  #owner: object | undefined = this;

  constructor(
    context: HttpPorts,
    request: OutgoingRequest,
    target: Target,
    options: RequestOptions | undefined,
  ) {
    this.#context = context;
    this.write = context.durability.beginRemoteWrite();
    const { tracing } = context;
    const uri = `${target.authority}${target.path}`;
    this.#span = tracing.start("outgoing-http-request", {
      "request.method": methodName(request.method),
      "request.uri": uri,
    });
    const headers = request.headers.clone();
    if (tracing.forwardHeaders) {
      for (const [name, value] of tracing.headers(this.#span)) headers.set(name, [Buffer.from(value)]);
    }
    this.recorded = recordedRequest(request.method, uri, headers);
    if (this.write.recorded) {
      request.body?.discard();
      return;
    }
    context.durability.flush();
    this.exchange = new Exchange({ ...request, headers }, target, options, context);
  }

  /** The call belongs to `to` from now on, if it was `from`'s. */
  pass(from: object, to: object): void {
    if (this.#owner === from) this.#owner = to;
  }

  /** Nobody can get anything more out of `owner`. */
  end(owner: object): void {
    if (this.#owner !== owner) return;
    this.#owner = undefined;
    this.exchange?.close();
    this.#context.durability.endRemoteWrite(this.write);
    this.#context.tracing.finish(this.#span);
    this.#context.durability.commit();
  }

  /** Ready when `arrived` is; a call that is not on the wire has nothing to wait for. */
  pollable(arrived: (exchange: Exchange) => boolean): Pollable {
    const { exchange } = this;
    if (exchange === undefined) return READY;
    return { ready: () => arrived(exchange), change: () => exchange.change() };
  }
}

function recordedRequest(method: Method, uri: string, headers: Fields): RecordedRequest {
  const name = methodName(method);
  const tag = METHODS.find((each) => each.toUpperCase() === name);
  return {
    uri,
    method: tag === undefined ? { tag: "Other", val: name } : { tag },
    headers: headers.recorded,
  };
}
