/**
 * The part of [Standard Schema](https://standardschema.dev) version 1 that is used here. Schemas of Zod, Valibot,
 * ArkType and others are of this type.
 *
 * @example
 * ```ts
 * const positive: StandardSchema<number> = {
 *   "~standard": {
 *     version: 1,
 *     vendor: "example",
 *     validate: (value) =>
 *       typeof value === "number" && value > 0 ? { value } : { issues: [{ message: "Expected more than 0" }] },
 *   },
 * };
 * ```
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validation<Output> | Promise<Validation<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/**
 * The type of value that a schema takes.
 *
 * @example
 * ```ts
 * type Stored = InputOf<StandardSchema<{ at: string }, { at: Date }>>; // { at: string }
 * ```
 */
export type InputOf<S extends StandardSchema> = NonNullable<S["~standard"]["types"]>["input"];

/**
 * The type of value that a schema makes of it.
 *
 * @example
 * ```ts
 * type Read = OutputOf<StandardSchema<{ at: string }, { at: Date }>>; // { at: Date }
 * ```
 */
export type OutputOf<S extends StandardSchema> = NonNullable<S["~standard"]["types"]>["output"];

/** What a schema has to say against a value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

type Validation<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** `lines.0.sku: Expected a string; total: Expected a number` */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .map(({ path = [], message }) => {
      const at = path.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
      return at === "" ? message : `${at}: ${message}`;
    })
    .join("; ");
}
