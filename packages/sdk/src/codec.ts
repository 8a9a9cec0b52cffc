import { readJson } from "./json/read-json.ts";
import { UnwritableValueError } from "./json/unwritable-value-error.ts";
import { writeJson } from "./json/write-json.ts";
import { findLoneSurrogate } from "./lone-surrogate.ts";
import { isSdkErrorNamed, SdkError } from "./sdk-error.ts";

/**
 * Turns values into the bytes that a store keeps, and back.
 *
 * @example
 * ```ts
 * const upperCase: Codec<string> = {
 *   name: "upper case",
 *   encode: (value) => textCodec.encode(value.toUpperCase()),
 *   decode: (bytes) => textCodec.decode(bytes),
 * };
 * ```
 */
export interface Codec<T> {
  /** Names the format in error messages. */
  readonly name: string;
  /** @throws CodecError for a value that the format cannot say */
  encode(value: T): Uint8Array;
  /** @throws CodecError for bytes that are not in the format */
  decode(bytes: Uint8Array): T;
}

/**
 * What JSON can say by itself: everybody who reads the store reads the same.
 *
 * @example
 * ```ts
 * const product: JsonValue = { name: "Tea", tags: ["green", "loose"] };
 * ```
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * A value cannot be written in a codec's format, or bytes are not in it.
 *
 * @example
 * ```ts
 * const date: Codec<Date> = {
 *   name: "date",
 *   encode: (value) => textCodec.encode(value.toISOString()),
 *   decode(bytes) {
 *     const value = new Date(textCodec.decode(bytes));
 *     if (Number.isNaN(value.getTime())) throw new CodecError("date.decode", "The value stored is no date.");
 *     return value;
 *   },
 * };
 * ```
 */
export class CodecError extends SdkError {
  override readonly name = "CodecError" as const;

  constructor(operation: string, message: string, cause?: unknown) {
    super({ code: "codec", operation, message, cause });
  }
}

/**
 * Whether `error` is a {@link CodecError}.
 *
 * @example
 * ```ts
 * const products = openBucket("products");
 * const tea = await products.get("tea").catch((error: unknown) => {
 *   if (isCodecError(error)) return null; // written by something else
 *   throw error;
 * });
 * ```
 */
export function isCodecError(error: unknown): error is CodecError {
  return isSdkErrorNamed(error, "CodecError");
}

/**
 * Bytes as they are.
 *
 * @example
 * ```ts
 * const thumbnails = openBucket("thumbnails", { codec: bytesCodec });
 * await thumbnails.set("tea", Uint8Array.of(0x89, 0x50));
 * ```
 */
export const bytesCodec: Codec<Uint8Array> = {
  name: "bytes",
  encode: (value) => value,
  decode: (bytes) => bytes,
};

/**
 * Text in UTF-8.
 *
 * @throws CodecError when bytes read are not UTF-8, and for half of a surrogate pair, which UTF-8 cannot say
 * @example
 * ```ts
 * const names = openBucket("names", { codec: textCodec });
 * ```
 */
export const textCodec: Codec<string> = {
  name: "text",
  encode(value) {
    const half = findLoneSurrogate(value);
    if (half === undefined) return new TextEncoder().encode(value);
    throw new CodecError(
      "textCodec.encode",
      `The text has ${half}, which UTF-8 cannot say: it would be read as another text. Cut texts between characters, or keep it as JSON.`,
    );
  },
  decode(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw new CodecError(
        "textCodec.decode",
        `The ${bytes.length} bytes stored are not UTF-8 text. Read them as bytes.`,
        cause,
      );
    }
  },
};

/**
 * Values as JSON in UTF-8. What is written is read as what it was, or refused: `Date`, `Map`, `Set`, `URL`, `RegExp`, bigints,
 * `NaN`, infinities, `-0`, bytes and other arrays of numbers, `undefined` in arrays, and the language's errors are marked
 * (`{"$":"date","of":"2026-01-01T00:00:00.000Z"}`); all else is plain JSON, as others read and write it. Properties whose value is
 * `undefined` are left out.
 *
 * `T` is what the caller says it is: give a schema where others may write too.
 *
 * @throws CodecError for functions, symbols, circles, objects of classes of one's own and `undefined` itself, with the path to
 *   them; and for bytes that are not JSON
 * @example
 * ```ts
 * const codec = jsonCodec<Map<string, Date>>();
 * const bytes = codec.encode(new Map([["tea", new Date(0)]]));
 * ```
 */
export function jsonCodec<T = JsonValue>(): Codec<T> {
  return {
    name: "json",
    encode: (value) => textCodec.encode(toJson(value)),
    decode(bytes) {
      const text = textCodec.decode(bytes);
      try {
        return readJson(text) as T;
      } catch (cause) {
        const start = text.length > 40 ? `${text.slice(0, 40)}…` : text;
        throw new CodecError(
          "jsonCodec.decode",
          `The value stored is not JSON: ${JSON.stringify(start)}. Read it with the codec that wrote it.`,
          cause,
        );
      }
    },
  };
}

function toJson(value: unknown): string {
  const operation = "jsonCodec.encode";
  if (value === undefined) {
    throw new CodecError(operation, "JSON has no word for undefined. Give null in its place, or a codec.");
  }
  try {
    return writeJson(value);
  } catch (cause) {
    if (!(cause instanceof UnwritableValueError)) throw cause;
    throw new CodecError(
      operation,
      `The value cannot be written as JSON: ${cause.message}. Write plain data in its place, or give a codec.`,
      cause,
    );
  }
}

/** As {@link jsonCodec}, and `undefined` as no bytes at all: for results of functions that may have none. */
export function optionalJsonCodec<T>(): Codec<T | undefined> {
  const json = jsonCodec<T>();
  return {
    name: json.name,
    encode: (value) => (value === undefined ? new Uint8Array() : json.encode(value)),
    decode: (bytes) => (bytes.length === 0 ? undefined : json.decode(bytes)),
  };
}
