import { CodedError } from "../../../ground/wit/coded-error.ts";

/** wasi:sockets/network.error-code. */
type ErrorCode =
  | "unknown"
  | "access-denied"
  | "not-supported"
  | "invalid-argument"
  | "out-of-memory"
  | "timeout"
  | "concurrency-conflict"
  | "not-in-progress"
  | "would-block"
  | "invalid-state"
  | "new-socket-limit"
  | "address-not-bindable"
  | "address-in-use"
  | "remote-unreachable"
  | "connection-refused"
  | "connection-reset"
  | "connection-aborted"
  | "datagram-too-large"
  | "name-unresolvable"
  | "temporary-resolver-failure"
  | "permanent-resolver-failure";

/** An operation on a socket that failed for a reason that the guest is told. */
export class SocketError extends CodedError<ErrorCode> {
  override readonly name = "SocketError" as const;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: "access-denied",
  EADDRINUSE: "address-in-use",
  EADDRNOTAVAIL: "address-not-bindable",
  EAFNOSUPPORT: "not-supported",
  EAI_AGAIN: "temporary-resolver-failure",
  EAI_FAIL: "permanent-resolver-failure",
  ECONNABORTED: "connection-aborted",
  ECONNREFUSED: "connection-refused",
  ECONNRESET: "connection-reset",
  EHOSTDOWN: "remote-unreachable",
  EHOSTUNREACH: "remote-unreachable",
  EINVAL: "invalid-argument",
  EMFILE: "new-socket-limit",
  EMSGSIZE: "datagram-too-large",
  ENETDOWN: "remote-unreachable",
  ENETUNREACH: "remote-unreachable",
  ENFILE: "new-socket-limit",
  ENOBUFS: "out-of-memory",
  ENOMEM: "out-of-memory",
  ENOTFOUND: "name-unresolvable",
  EPERM: "access-denied",
  EPIPE: "connection-reset",
  ETIMEDOUT: "timeout",
};

/** What Node reports, in the guest's terms. */
export function socketError(error: unknown): SocketError {
  const code = error instanceof Error && "code" in error ? CODES[String(error.code)] : undefined;
  return new SocketError(code ?? "unknown", { cause: error });
}

export type SocketResult<T> =
  | { readonly tag: "ok"; readonly val: T }
  | { readonly tag: "err"; readonly val: ErrorCode };

/** The WIT result of an operation on a socket. */
export function socketResult<T>(operation: () => T): SocketResult<T> {
  try {
    return { tag: "ok", val: operation() };
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return { tag: "err", val: error.code };
  }
}
