import { jsonCodec, type Codec } from "../codec.ts";
import { describeIssues, type StandardSchema } from "../standard-schema.ts";
import { KeyValueError, type KeyValueOperation } from "./key-value-error.ts";

/** How the values of a bucket are stored. */
export interface ValueFormat<Out, In> {
  encode(value: In, operation: KeyValueOperation): Promise<Uint8Array>;
  decode(bytes: Uint8Array, operation: KeyValueOperation): Promise<Out>;
}

export function codecFormat<T>(codec: Codec<T>): ValueFormat<T, T> {
  return {
    encode: async (value) => codec.encode(value),
    decode: async (bytes) => codec.decode(bytes),
  };
}

/**
 * JSON, checked in both directions. What is stored is the schema's input: reading applies the schema's transformations,
 * writing only checks, so that a value survives any number of rounds.
 */
export function schemaFormat<In, Out>(schema: StandardSchema<In, Out>): ValueFormat<Out, In> {
  const json = jsonCodec<unknown>();
  const validate = async (value: unknown, operation: KeyValueOperation): Promise<Out> => {
    const validation = await schema["~standard"].validate(value);
    if (validation.issues === undefined) return validation.value;
    const reason = `the value does not fit the bucket's schema: ${describeIssues(validation.issues)}`;
    throw new KeyValueError("keyvalue-invalid-value", operation, reason, validation.issues);
  };
  return {
    async encode(value, operation) {
      await validate(value, operation);
      return json.encode(value);
    },
    decode: async (bytes, operation) => validate(json.decode(bytes), operation),
  };
}
