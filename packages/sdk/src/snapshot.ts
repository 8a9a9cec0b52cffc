import type { Codec, JsonValue } from "./codec.ts";
import { findDifference } from "./find-difference.ts";
import { reasonOf } from "./reason-of.ts";
import { ResultError } from "./result.ts";
import { SdkError } from "./sdk-error.ts";
import type { InputOf, OutputOf, StandardSchema } from "./standard-schema.ts";
import { valueFormat, type FormatOptions } from "./value-format.ts";

/**
 * How a component's state is taken from one version of its code to another.
 *
 * @example
 * ```ts
 * const guests: string[] = [];
 * const access: SnapshotAccess<string[]> = {
 *   save: () => guests,
 *   load: (saved) => void guests.push(...saved),
 * };
 * ```
 */
export interface SnapshotAccess<Out, In = Out> {
  /** The whole state of the worker. What it asks of the host is not recorded. */
  readonly save: () => In | Promise<In>;
  /** Takes over what an earlier version has saved. What it throws cancels the update: the earlier version goes on. */
  readonly load: (state: Out) => void | Promise<void>;
}

/**
 * What a component exports for updates by snapshot, under these names.
 *
 * @example
 * ```ts
 * let total = 0;
 * const { saveSnapshot }: Snapshots = snapshots({ save: () => total, load: (saved: number) => void (total = saved) });
 * const bytes = await saveSnapshot.save();
 * ```
 */
export interface Snapshots {
  /** Implements `golem:api/save-snapshot`. */
  readonly saveSnapshot: { readonly save: () => Promise<Uint8Array> };
  /** Implements `golem:api/load-snapshot`. */
  readonly loadSnapshot: { readonly load: (bytes: Uint8Array) => Promise<void> };
}

/**
 * Makes a component updatable by snapshot: the old code saves the state, the new one loads it, and nothing is replayed.
 * For new code that would not repeat what the old one did.
 *
 * Stands on `golem:api/save-snapshot` and `golem:api/load-snapshot`; the world *exports* `golem:api/save-snapshot@1.1.6`
 * and `golem:api/load-snapshot@1.1.6`.
 *
 * @param access.schema any Standard Schema: the state is stored as JSON, and checked when saved and when loaded. Of the new
 *   code it must accept what the old one has saved
 * @param access.codec how the state becomes bytes; what it does not read as it was written is an update that fails
 *   @default jsonCodec()
 * @example
 * ```ts
 * const guests: string[] = [];
 *
 * export const { saveSnapshot, loadSnapshot } = snapshots({
 *   save: () => guests,
 *   load: (saved) => void guests.push(...saved),
 * });
 * ```
 */
export function snapshots<S extends StandardSchema>(
  access: SnapshotAccess<OutputOf<S>, InputOf<S>> & { readonly schema: S },
): Snapshots;
export function snapshots<T>(access: SnapshotAccess<T> & { readonly codec: Codec<T> }): Snapshots;
export function snapshots<T = JsonValue>(access: SnapshotAccess<T>): Snapshots;
export function snapshots({
  save,
  load,
  ...options
}: SnapshotAccess<never, unknown> & FormatOptions): Snapshots {
  const format = valueFormat(options, refuse);
  return {
    saveSnapshot: {
      async save() {
        const state = await save();
        const bytes = await format.encode(state, "saveSnapshot.save");
        if (options.codec !== undefined) requireWhole(state, options.codec, bytes);
        return bytes;
      },
    },
    loadSnapshot: {
      async load(bytes) {
        try {
          await load((await format.decode(bytes, "loadSnapshot.load")) as never);
        } catch (error) {
          // The WIT function has a result, whose text Golem gives as the reason of the failed update.
          throw new ResultError(reasonOf(error));
        }
      },
    },
  };
}

/** The format of the SDK gives back what it takes, or refuses it; a codec of one's own may lose something without a word. */
function requireWhole(state: unknown, codec: Codec<unknown>, bytes: Uint8Array): void {
  const lost = findDifference(state, codec.decode(bytes));
  if (lost === undefined) return;
  throw new SdkError({
    code: "snapshot-value",
    operation: "saveSnapshot.save",
    message: `The codec "${codec.name}" does not read the state as it was written: ${lost === "" ? "the state" : `state.${lost}`} differs. Nothing was updated; mend the codec.`,
  });
}

function refuse(operation: string, reason: string, cause: unknown): SdkError {
  return new SdkError({
    code: "snapshot-value",
    operation,
    message: `The state of ${operation} does not fit its schema: ${reason}`,
    cause,
  });
}
