import {
  beginDurableFunction,
  endDurableFunction,
  observeFunctionCall,
  type DurableFunctionType,
} from "golem:durability/durability@1.2.0";

import { optionalJsonCodec, type Codec, type JsonValue } from "../codec.ts";
import { describeValue } from "../describe-value.ts";
import type { InputOf, OutputOf, StandardSchema } from "../standard-schema.ts";
import { valueFormat, type FormatOptions } from "../value-format.ts";
import { DurableStepError } from "./durable-step-error.ts";
import { recordedResult } from "./recorded-step.ts";
import { requireFunction } from "./require-function.ts";
import { describeInput } from "./step-record.ts";

/**
 * What a step does, by the names of `golem:api/oplog.wrapped-function-type`.
 *
 * @example
 * ```ts
 * const type: DurableStepType = "read-remote";
 * const count = await durable("count the stock", { sku }, async () => (await stock.get(sku)) ?? 0, { type });
 * ```
 */
export type DurableStepType = DurableFunctionType["tag"];

/**
 * How a step is recorded.
 *
 * @example
 * ```ts
 * const options: DurableOptions = { type: "write-remote-batched", commit: true };
 * const text = await durable("print receipt", { orderId }, () => writeReceipt(total), options);
 * ```
 */
export interface DurableOptions {
  /**
   * `"write-remote-batched"`: if the worker is lost in the middle, all of the step is done again. The others go on where
   * they were; but with idempotence mode off, a `"write-remote"` that was interrupted fails the worker.
   *
   * @default "write-remote"
   */
  readonly type?: DurableStepType;
  /** Returns only when the oplog is stored, whatever the type. @default false */
  readonly commit?: boolean;
}

/**
 * Does something once and records its result under a name, so that a replay gets the same result, and says so if it finds
 * something else recorded in its place.
 *
 * The body runs again on a replay, as all code does, so that what it does to variables is done: its calls are answered
 * from the oplog, and its result is the recorded one. So a step also fixes what Golem does not record by itself, such as
 * the worker's own metadata. If the worker is lost in the middle, what was done is not done again: to leave the body out of
 * a replay, as a step that records nothing but its result must, would do it all again. Steps may run side by side, and
 * inside of each other. What the body asks for must not depend on what is not recorded: fix that by a step of its own.
 *
 * A replay that comes upon another name or input ends the instance: the component's code has changed, or depends on what
 * the oplog does not know. An automatic update fails, and leaves the worker on its former version.
 *
 * What the body throws is not recorded: it is thrown again on replay, when the body is.
 *
 * Stands on `golem:durability/durability`; the world imports `golem:durability/durability@1.2.0`.
 *
 * @param name what is done, as it stands in the oplog
 * @param input what it is done with; JSON, recorded too and compared on replay
 * @param body does it
 * @param options.schema any Standard Schema: the result is stored as JSON, and checked when written and when read
 * @param options.codec how the result becomes bytes @default JSON; a body without a result gives `undefined`
 * @returns what is recorded: of a result that a schema transforms, the transformed one
 * @throws CodecError if input or result cannot be said in their format: a bigint, for instance, in JSON
 * @throws DurableStepError if the result does not fit the schema, or the name is empty
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * interface Receipt { number: string }
 *
 * const key = idempotencyKey();
 * const receipt = await durable("charge card", { card, total }, async () => {
 *   const response = await fetch("https://pay.example/charge", { method: "POST", headers: { "Idempotency-Key": key } });
 *   return (await response.json()) as Receipt;
 * });
 * ```
 */
export function durable<S extends StandardSchema>(
  name: string,
  input: unknown,
  body: () => InputOf<S> | Promise<InputOf<S>>,
  options: DurableOptions & { readonly schema: S },
): Promise<OutputOf<S>>;
export function durable<T>(
  name: string,
  input: unknown,
  body: () => T | Promise<T>,
  options: DurableOptions & { readonly codec: Codec<T> },
): Promise<T>;
export function durable<T = JsonValue>(
  name: string,
  input: unknown,
  body: () => T | Promise<T>,
  options?: DurableOptions,
): Promise<T>;
export async function durable(
  name: string,
  input: unknown,
  body: () => unknown,
  options: DurableOptions & FormatOptions = {},
): Promise<unknown> {
  requireFunction("durable", body);
  requireName(name);
  const { type = "write-remote", commit = false } = options;
  const functionType = { tag: type } as DurableFunctionType;
  const given = describeInput(input);
  const format = valueFormat({ codec: optionalJsonCodec(), ...options }, refuse);

  observeFunctionCall("durable", name);
  const begin = beginDurableFunction(functionType);
  try {
    const encoded = await format.encode(await body(), name);
    const result = recordedResult({ name, input: given, functionType }, encoded);
    return await format.decode(result, name);
  } finally {
    endDurableFunction(functionType, begin, commit);
  }
}

function requireName(name: string): void {
  if (typeof name === "string" && name !== "") return;
  throw new DurableStepError({
    code: "durable-step-name",
    operation: "durable",
    message: `${describeValue(name)} is no name for a durable step. Say what it does: "charge card".`,
  });
}

function refuse(name: string, reason: string, cause: unknown): DurableStepError {
  return new DurableStepError({
    code: "durable-step-value",
    operation: `durable("${name}")`,
    message: `The result of the durable step "${name}" does not fit its schema: ${reason}`,
    cause,
  });
}
