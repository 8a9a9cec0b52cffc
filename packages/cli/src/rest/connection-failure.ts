import { UserError } from "../user-error.ts";

/** What a failed connection means to a person, by the code of Node, OpenSSL or undici; first those that are one word. */
const MEANINGS: readonly (readonly [codes: RegExp, tell: (url: URL, timeout: number) => string])[] = [
  [
    /^ECONNREFUSED$/,
    ({ origin }) =>
      `No Golem server answers at ${origin}: nothing listens there. Start one with "golem-kit serve", or name another with --url.`,
  ],
  [
    /^(ENOTFOUND|EAI_\w+)$/,
    ({ hostname }) =>
      `The host name ${hostname} cannot be resolved. Check --url, and the network of this machine.`,
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT)$/,
    ({ host }) =>
      `${host} cannot be reached: no answer to the attempt to connect. Check --url, and whether a firewall is between.`,
  ],
  [
    /^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|INVALID_RECORD)|EPROTO)$/,
    ({ host }) => `${host} does not speak TLS. Write http:// in place of https:// in --url.`,
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO|^ERR_(TLS|SSL)_/,
    ({ host }) =>
      `The certificate of ${host} is not trusted. Give its authority's with NODE_EXTRA_CA_CERTS, or mend the server's.`,
  ],
  [
    /^(HPE_HEADER_OVERFLOW|UND_ERR_HEADERS_OVERFLOW)$/,
    ({ host }) => `${host} answers with longer headers than are read. A proxy between may add them.`,
  ],
  [
    /^HPE_|does not match the HTTP/,
    ({ host }) =>
      `What listens at ${host} does not speak HTTP. Check the port in --url, and whether it wants https://.`,
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    ({ origin }) =>
      `The connection to ${origin} was lost before the answer came: the server may have ended. See whether it runs, then ask again.`,
  ],
  [
    /^bad port$/,
    ({ port }) =>
      `No request may be sent to port ${port}, which is another protocol's. Check the port in --url.`,
  ],
  [
    /^(TimeoutError|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/,
    ({ origin }, timeout) =>
      `The server at ${origin} has not answered within ${timeout / 1_000} s. It is slow, or hangs: a Golem server compiles a component before its first call, which takes a minute and more on a small machine.`,
  ],
];

/**
 * Why no answer came, as one sentence that says what to do.
 *
 * @param error what `fetch` threw
 * @param address the server's
 * @param timeout milliseconds that were waited for an answer
 */
export function connectionFailure(error: unknown, address: string, timeout = 300_000): UserError {
  const reason = reasonOf(error);
  const known = MEANINGS.find(([codes]) => codes.test(reason));
  const message =
    known?.[1](new URL(address), timeout) ??
    `The request to ${address} failed: ${error instanceof Error ? error.message : String(error)}.`;
  return new UserError(`${message} (${reason})`, { cause: error });
}

/** `fetch` hides what happened in the cause of its error, under several attempts as an `AggregateError`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  if (!(first instanceof Error)) return String(first);
  if ("code" in first && typeof first.code === "string") return first.code;
  return first.name === "TimeoutError" ? first.name : first.message;
}
