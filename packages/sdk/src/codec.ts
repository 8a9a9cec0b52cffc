import { describeValue } from "./describe-value.ts";
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
 * What JSON can say.
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
 * @throws CodecError when bytes read are not UTF-8
 * @example
 * ```ts
 * const names = openBucket("names", { codec: textCodec });
 * ```
 */
export const textCodec: Codec<string> = {
  name: "text",
  encode: (value) => new TextEncoder().encode(value),
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
 * Values as JSON in UTF-8. `T` is what the caller says it is: give a schema where others may write too.
 *
 * @throws CodecError for values that JSON cannot say (a bigint, a circle, `undefined`), and for bytes that are not JSON
 * @example
 * ```ts
 * const codec = jsonCodec<{ name: string }>();
 * const bytes = codec.encode({ name: "Tea" });
 * ```
 */
export function jsonCodec<T = JsonValue>(): Codec<T> {
  return {
    name: "json",
    encode: (value) => textCodec.encode(toJson(value)),
    decode(bytes) {
      const text = textCodec.decode(bytes);
      try {
        return JSON.parse(text) as T;
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
  // The declared type hides that JSON has no word for some values.
  let text: string | undefined;
  try {
    text = JSON.stringify(value) as string | undefined;
  } catch (cause) {
    throw new CodecError(
      operation,
      `The value cannot be written as JSON: ${(cause as Error).message}. Turn bigints into strings, or give a codec.`,
      cause,
    );
  }
  if (text === undefined) {
    throw new CodecError(
      operation,
      `JSON has no word for ${describeValue(value)}. Give null in its place, or a codec.`,
    );
  }
  return text;
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
