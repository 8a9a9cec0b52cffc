import type { ErrorCode } from "./error-code.ts";

const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: { tag: "DNS-error", val: { rcode: "NXDOMAIN", infoCode: undefined } },
  EAI_AGAIN: { tag: "DNS-timeout" },
  EFORBIDDEN: { tag: "HTTP-request-denied" },
  ECONNREFUSED: { tag: "connection-refused" },
  ECONNRESET: { tag: "connection-terminated" },
  ECONNABORTED: { tag: "connection-terminated" },
  EPIPE: { tag: "connection-terminated" },
  ETIMEDOUT: { tag: "connection-timeout" },
  EHOSTUNREACH: { tag: "destination-IP-unroutable" },
  ENETUNREACH: { tag: "destination-IP-unroutable" },
  EADDRNOTAVAIL: { tag: "destination-unavailable" },
  EMFILE: { tag: "connection-limit-reached" },
  ENFILE: { tag: "connection-limit-reached" },
  EPROTO: { tag: "TLS-protocol-error" },
  HPE_HEADER_OVERFLOW: { tag: "HTTP-response-header-section-size", val: undefined },
  HPE_INVALID_EOF_STATE: { tag: "HTTP-response-incomplete" },
  HPE_INVALID_TRANSFER_ENCODING: { tag: "HTTP-response-transfer-coding", val: undefined },
};

const BY_PATTERN: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^HPE_/, { tag: "HTTP-protocol-error" }],
  [/CERT|^UNABLE_TO_|^CRL_|^HOSTNAME_MISMATCH$/, { tag: "TLS-certificate-error" }],
  [/^ERR_(SSL|TLS)_/, { tag: "TLS-protocol-error" }],
];

/** OpenSSL's name of an alert that the other side sent. */
const TLS_ALERT = /^ERR_SSL_(?:TLSV\d+|SSLV\d+)_ALERT_(?<name>\w+)$/;

/** What a failed connection is in terms of `error-code`. */
export function connectionFailure(error: Error): ErrorCode {
  const code = String(Reflect.get(error, "code") ?? "");
  const known = BY_CODE[code] ?? alert(code) ?? BY_PATTERN.find(([pattern]) => pattern.test(code))?.[1];
  return known ?? { tag: "internal-error", val: error.message };
}

function alert(code: string): ErrorCode | undefined {
  const name = TLS_ALERT.exec(code)?.groups?.["name"];
  if (name === undefined) return undefined;
  const alertMessage = name.toLowerCase().replaceAll("_", " ");
  return { tag: "TLS-alert-received", val: { alertId: undefined, alertMessage } };
}
