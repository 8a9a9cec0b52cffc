import type { WitType } from "@golem-kit/wit";

import { option, record, string, u16, u32, u64, u8, variant } from "../../../ground/wit/wit-types.ts";
import { StreamError } from "../streams.ts";

const DNS_ERROR = record({ rcode: option(string), info_code: option(u16) });
const TLS_ALERT = record({ alert_id: option(u8), alert_message: option(string) });
const FIELD_SIZE = record({ field_name: option(string), field_size: option(u32) });

/** The cases of `error-code`, with what is recorded of their payloads. */
const CASES = {
  "DNS-timeout": null,
  "DNS-error": DNS_ERROR,
  "destination-not-found": null,
  "destination-unavailable": null,
  "destination-IP-prohibited": null,
  "destination-IP-unroutable": null,
  "connection-refused": null,
  "connection-terminated": null,
  "connection-timeout": null,
  "connection-read-timeout": null,
  "connection-write-timeout": null,
  "connection-limit-reached": null,
  "TLS-protocol-error": null,
  "TLS-certificate-error": null,
  "TLS-alert-received": TLS_ALERT,
  "HTTP-request-denied": null,
  "HTTP-request-length-required": null,
  "HTTP-request-body-size": option(u64),
  "HTTP-request-method-invalid": null,
  "HTTP-request-URI-invalid": null,
  "HTTP-request-URI-too-long": null,
  "HTTP-request-header-section-size": option(u32),
  "HTTP-request-header-size": option(FIELD_SIZE),
  "HTTP-request-trailer-section-size": option(u32),
  "HTTP-request-trailer-size": FIELD_SIZE,
  "HTTP-response-incomplete": null,
  "HTTP-response-header-section-size": option(u32),
  "HTTP-response-header-size": FIELD_SIZE,
  "HTTP-response-body-size": option(u64),
  "HTTP-response-trailer-section-size": option(u32),
  "HTTP-response-trailer-size": FIELD_SIZE,
  "HTTP-response-transfer-coding": option(string),
  "HTTP-response-content-coding": option(string),
  "HTTP-response-timeout": null,
  "HTTP-upgrade-failed": null,
  "HTTP-protocol-error": null,
  "loop-detected": null,
  "configuration-error": null,
  "internal-error": option(string),
} satisfies Readonly<Record<string, WitType | null>>;

/** `wasi:http/types.error-code`. */
export interface ErrorCode {
  readonly tag: keyof typeof CASES;
  readonly val?: unknown;
}

/** An error code as it is recorded: `DNS-error` is `DnsError` there, and fields are in snake_case. */
export interface RecordedErrorCode {
  readonly tag: string;
  readonly val: unknown;
}

const TAGS = Object.keys(CASES) as ErrorCode["tag"][];
const TAG_OF_RECORDED = new Map(TAGS.map((tag) => [recordedTag(tag), tag]));

export const RECORDED_ERROR_CODE: WitType = variant(
  Object.fromEntries(TAGS.map((tag) => [recordedTag(tag), CASES[tag]])),
);

export function recordedErrorCode({ tag, val }: ErrorCode): RecordedErrorCode {
  const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { tag: recordedTag(tag), val: renamed(val, snakeCase) };
}

/** The inverse of `recordedErrorCode`. */
export function errorCodeOfRecorded({ tag, val }: RecordedErrorCode): ErrorCode {
  const camelCase = (key: string): string =>
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { tag: TAG_OF_RECORDED.get(tag) ?? "internal-error", val: renamed(val, camelCase) };
}

/** A body that could not be read to its end. */
export class HttpStreamError extends StreamError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(`The HTTP body failed: ${code.tag}`);
    this.code = code;
  }
}

function recordedTag(tag: string): string {
  return tag
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}

function renamed(payload: unknown, name: (key: string) => string): unknown {
  if (typeof payload !== "object" || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [name(key), value]));
}
