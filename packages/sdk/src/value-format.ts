import { jsonCodec, type Codec } from "./codec.ts";
import { describeIssues, type SchemaIssue, type StandardSchema } from "./standard-schema.ts";

/** How values become the bytes that the platform keeps. `Operation` is what an error says about where it happened. */
export interface ValueFormat<Out, In, Operation> {
  encode(value: In, operation: Operation): Promise<Uint8Array>;
  decode(bytes: Uint8Array, operation: Operation): Promise<Out>;
}

/** What users say about the format of values: a schema, a codec, or nothing for JSON. */
export interface FormatOptions {
  readonly schema?: StandardSchema;
  readonly codec?: Codec<unknown>;
}

/** Makes the error for a value that does not fit. @param reason what the schema says */
type Refuse<Operation> = (operation: Operation, reason: string, issues: readonly SchemaIssue[]) => Error;

export function valueFormat<Operation>(
  { schema, codec = jsonCodec<unknown>() }: FormatOptions,
  refuse: Refuse<Operation>,
): ValueFormat<unknown, unknown, Operation> {
  return schema === undefined ? codecFormat(codec) : schemaFormat(schema, refuse);
}

function codecFormat<T>(codec: Codec<T>): ValueFormat<T, T, unknown> {
  return {
    encode: async (value) => codec.encode(value),
    decode: async (bytes) => codec.decode(bytes),
  };
}

/**
 * JSON, checked in both directions. What is stored is the schema's input: reading applies the schema's transformations,
 * writing only checks, on the value as it will be read: what is written can be read.
 */
function schemaFormat<In, Out, Operation>(
  schema: StandardSchema<In, Out>,
  refuse: Refuse<Operation>,
): ValueFormat<Out, In, Operation> {
  const json = jsonCodec<unknown>();
  const validate = async (value: unknown, operation: Operation): Promise<Out> => {
    const validation = await schema["~standard"].validate(value);
    if (validation.issues === undefined) return validation.value;
    throw refuse(operation, describeIssues(validation.issues), validation.issues);
  };
  return {
    async encode(value, operation) {
      const bytes = json.encode(value);
      await validate(json.decode(bytes), operation);
      return bytes;
    },
    decode: async (bytes, operation) => validate(json.decode(bytes), operation),
  };
}
