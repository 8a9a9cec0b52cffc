import { direct, type HostFunctions } from "../../host-interface.ts";
import { READY } from "../pollable.ts";
import { inputStreamOf, type InputStream } from "../streams.ts";
import { type Field, Fields, isToken } from "./fields.ts";
import type { FutureTrailers, IncomingBody } from "./incoming-body.ts";
import type { Method, Scheme } from "./outgoing-request.ts";
import type { NoPorts } from "../../ports.ts";

/** A message's body as a value. */
export interface BodyAndTrailers {
  readonly content: Uint8Array;
  readonly trailers: readonly Field[] | undefined;
}

/** A request as callers of `golem:http/incoming-handler.{handle}` pass it. */
export interface RequestValue {
  readonly method: Method;
  readonly scheme: { readonly tag: "HTTP" | "HTTPS" | "custom"; readonly val?: string };
  readonly authority: string;
  readonly pathAndQuery: string;
  readonly headers: readonly Field[];
  readonly bodyAndTrailers: BodyAndTrailers | undefined;
}

/** `wasi:http/types.incoming-request`. */
export class IncomingRequest {
  readonly method: Method;
  readonly scheme: Scheme;
  readonly authority: string;
  readonly pathWithQuery: string;
  readonly headers: Fields;
  #body: IncomingBody | undefined;

  /** @throws Error if a header or the method cannot be one */
  constructor({ method, scheme, authority, pathAndQuery, headers, bodyAndTrailers }: RequestValue) {
    const { tag, val } = method;
    if (tag === "custom" && !isToken(val ?? ""))
      throw new Error(`Invalid HTTP request: ${val} is not a method`);
    this.method = tag === "custom" ? { tag: "other", val: val ?? "" } : { tag: tag.toLowerCase() };
    this.scheme = scheme.tag === "custom" ? { tag: "other", val: scheme.val ?? "" } : { tag: scheme.tag };
    this.authority = authority;
    this.pathWithQuery = pathAndQuery;
    this.headers = new Fields(
      headers.map(([name, value]): Field => [name.toLowerCase(), value]),
      false,
    );
    this.#body = new GivenBody(bodyAndTrailers);
  }

  /** Its one body; `undefined` the second time. */
  consume(): IncomingBody | undefined {
    const body = this.#body;
    this.#body = undefined;
    return body;
  }
}

/** A body that is all there. */
class GivenBody implements IncomingBody {
  readonly #value: BodyAndTrailers | undefined;
  #taken = false;

  constructor(value: BodyAndTrailers | undefined) {
    this.#value = value;
  }

  stream(): InputStream | undefined {
    if (this.#taken) return undefined;
    this.#taken = true;
    return inputStreamOf(this.#value?.content ?? new Uint8Array(0));
  }

  finish(): FutureTrailers {
    const trailers = this.#value?.trailers;
    let taken = false;
    return {
      pollable: () => READY,
      get: () => {
        if (taken) return { tag: "err" };
        taken = true;
        return { tag: "ok", val: { tag: "ok", val: trailers && new Fields(trailers) } };
      },
      drop: () => undefined,
    };
  }

  drop(): void {
    this.#taken = true;
  }
}

export const INCOMING_REQUEST_FUNCTIONS: HostFunctions<NoPorts> = {
  "[method]incoming-request.method": direct((_, self: IncomingRequest) => self.method),
  "[method]incoming-request.path-with-query": direct((_, self: IncomingRequest) => self.pathWithQuery),
  "[method]incoming-request.scheme": direct((_, self: IncomingRequest) => self.scheme),
  "[method]incoming-request.authority": direct((_, self: IncomingRequest) => self.authority),
  "[method]incoming-request.headers": direct((_, self: IncomingRequest) => self.headers),
  "[method]incoming-request.consume": direct((_, self: IncomingRequest) => {
    const body = self.consume();
    return body === undefined ? { tag: "err", val: undefined } : { tag: "ok", val: body };
  }),
};
