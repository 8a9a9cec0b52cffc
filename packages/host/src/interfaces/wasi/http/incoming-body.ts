import type { Pollable } from "../pollable.ts";
import type { InputStream } from "../streams.ts";
import type { ErrorCode } from "./error-code.ts";
import type { Fields } from "./fields.ts";
import type { HttpPorts } from "./http-ports.ts";

/** `wasi:http/types.incoming-body`: of a response that came back, or of a request to this component. */
export interface IncomingBody {
  /** The one stream to read it; `undefined` the second time. */
  stream(): InputStream | undefined;
  /** What comes after the body. */
  finish(): FutureTrailers;
  drop(): void;
}

export type TrailersResult =
  | { readonly tag: "ok"; readonly val: Fields | undefined }
  | { readonly tag: "err"; readonly val: ErrorCode };

/** `wasi:http/types.future-trailers`. */
export interface FutureTrailers {
  pollable(): Pollable;
  /** `undefined` while they are not there; the outer `err` when they were taken before. */
  get(
    context: HttpPorts,
  ): { readonly tag: "ok"; readonly val: TrailersResult } | { readonly tag: "err" } | undefined;
  drop(): void;
}
