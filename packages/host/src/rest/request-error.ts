import type { GolemErrorCase } from "../ground/golem-error.ts";

/** A body as Golem answers it: plain text for what its web framework refuses, JSON for what its services refuse. */
export type ErrorBody =
  | string
  | { readonly error: string }
  | { readonly errors: readonly string[] }
  | { readonly golemError: GolemErrorCase };

/** Ends a request with the given answer. */
export class RequestError extends Error {
  override readonly name = "RequestError" as const;
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(typeof body === "string" ? body : JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

/** A request that does not have the form that the interface prescribes. */
export function malformed(text: string): RequestError {
  return new RequestError(400, text);
}

/** A request of the right form that cannot be met. */
export function invalid(error: string): RequestError {
  return new RequestError(400, { errors: [error] });
}

export function notFound(error: string): RequestError {
  return new RequestError(404, { error });
}
