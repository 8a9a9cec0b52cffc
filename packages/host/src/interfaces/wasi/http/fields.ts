import { direct, type HostFunctions } from "../../host-interface.ts";
import { list, string, tuple } from "../../../ground/wit/wit-types.ts";
import type { NoPorts } from "../../ports.ts";

/** One header line: the name in lower case, the value as it is sent. */
export type Field = readonly [name: string, value: Uint8Array];

export type HeaderError = "invalid-syntax" | "forbidden" | "immutable";

/** Fields that belong to the connection, which is the host's. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** True for what HTTP calls a token: a method, or the name of a field. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Header fields as they are recorded: text of one character a byte, whatever the bytes mean. */
export const RECORDED_FIELDS = list(tuple(string, string));
export type RecordedFields = readonly (readonly [name: string, value: string])[];

/** `wasi:http/types.fields`: header or trailer lines. Names are told apart without regard to case. */
export class Fields {
  #fields: readonly Field[];
  readonly #mutable: boolean;

  constructor(fields: readonly Field[] = [], mutable = true) {
    this.#fields = fields;
    this.#mutable = mutable;
  }

  static ofRecorded(recorded: RecordedFields): Fields {
    const fields = recorded.map(([name, value]): Field => [name, Buffer.from(value, "latin1")]);
    return new Fields(fields, false);
  }

  get entries(): readonly Field[] {
    return this.#fields;
  }

  get recorded(): RecordedFields {
    return this.#fields.map(([name, value]) => [name, Buffer.from(value).toString("latin1")]);
  }

  get(name: string): Uint8Array[] {
    const key = name.toLowerCase();
    return this.#fields.flatMap(([each, value]) => (each === key ? [value] : []));
  }

  /** Replaces every line of that name. */
  set(name: string, values: readonly Uint8Array[]): HeaderError | undefined {
    const key = name.toLowerCase();
    return this.#change(name, values, (lines) => [
      ...this.#fields.filter(([each]) => each !== key),
      ...lines,
    ]);
  }

  append(name: string, value: Uint8Array): HeaderError | undefined {
    return this.#change(name, [value], (lines) => [...this.#fields, ...lines]);
  }

  /** A copy that cannot be changed, as requests and responses give away. */
  frozen(): Fields {
    return new Fields(this.#fields, false);
  }

  clone(): Fields {
    return new Fields(this.#fields);
  }

  #change(
    name: string,
    values: readonly Uint8Array[],
    apply: (lines: Field[]) => readonly Field[],
  ): HeaderError | undefined {
    if (!this.#mutable) return "immutable";
    if (!isToken(name) || !values.every(isFieldValue)) return "invalid-syntax";
    const key = name.toLowerCase();
    if (FORBIDDEN.has(key)) return "forbidden";
    this.#fields = apply(values.map((value) => [key, value.slice()]));
    return undefined;
  }
}

/** What came with a message, without the fields of the connection. @param raw name, value, name, value … */
export function receivedFields(raw: readonly string[]): RecordedFields {
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? "";
    if (!FORBIDDEN.has(name)) fields.push([name, raw[at + 1] ?? ""]);
  }
  return fields;
}

/** Visible characters, spaces, tabs, and bytes beyond ASCII. */
function isFieldValue(value: Uint8Array): boolean {
  return value.every((byte) => byte === 0x09 || (byte >= 0x20 && byte !== 0x7f));
}

function outcome(error: HeaderError | undefined, val?: Fields): unknown {
  return error === undefined ? { tag: "ok", val } : { tag: "err", val: { tag: error } };
}

export const FIELDS_FUNCTIONS: HostFunctions<NoPorts> = {
  "[constructor]fields": direct(() => new Fields()),
  "[static]fields.from-list": direct((_, entries: readonly Field[]) => {
    const fields = new Fields();
    for (const [name, value] of entries) {
      const error = fields.append(name, value);
      if (error !== undefined) return outcome(error);
    }
    return outcome(undefined, fields);
  }),
  "[method]fields.get": direct((_, self: Fields, name: string) => self.get(name)),
  "[method]fields.has": direct((_, self: Fields, name: string) => self.get(name).length > 0),
  "[method]fields.set": direct((_, self: Fields, name: string, values: readonly Uint8Array[]) =>
    outcome(self.set(name, values)),
  ),
  "[method]fields.delete": direct((_, self: Fields, name: string) => outcome(self.set(name, []))),
  "[method]fields.append": direct((_, self: Fields, name: string, value: Uint8Array) =>
    outcome(self.append(name, value)),
  ),
  "[method]fields.entries": direct((_, self: Fields) => [...self.entries]),
  "[method]fields.clone": direct((_, self: Fields) => self.clone()),
};
