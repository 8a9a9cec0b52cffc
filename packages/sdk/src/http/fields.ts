import { Fields } from "wasi:http/types@0.2.0";

import { payloadOf } from "../result-error.ts";
import { HttpError, type HttpOperation } from "./http-error.ts";

/** Of one connection only, or made by the host: left out without a word, as `fetch` does. */
const NOT_SENT = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Headers as a handle, for what takes it over. @throws HttpError `invalid-request` */
export function fieldsOf(headers: Headers, operation: HttpOperation): Fields {
  const sent = [...headers].filter(([name]) => !NOT_SENT.has(name));
  try {
    return Fields.fromList(sent.map(([name, value]) => [name, bytesOf(value)]));
  } catch (thrown) {
    const cause = payloadOf(thrown);
    const names = sent.map(([name]) => name).join(", ");
    throw new HttpError("invalid-request", operation, `the headers ${names} are refused`, cause);
  }
}

/** Takes the headers out of a handle, and drops it. */
export function headersFrom(fields: Fields): Headers {
  using owned = fields;
  const headers = new Headers();
  for (const [name, value] of owned.entries()) headers.append(name, textOf(value));
  return headers;
}

/** A character of a header is a byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
