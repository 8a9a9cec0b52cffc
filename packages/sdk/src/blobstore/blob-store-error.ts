import { refuseLoneSurrogates } from "../lone-surrogate.ts";
import { payloadOf } from "../result-error.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * An operation of the blob store failed.
 *
 * @example
 * ```ts
 * try {
 *   await openContainer("receipts").text("o-1.txt");
 * } catch (error) {
 *   if (!isBlobStoreError(error)) throw error;
 *   log.error("no receipts", { container: error.container, object: error.object, cause: error.cause });
 * }
 * ```
 */
export class BlobStoreError extends SdkError {
  override readonly name = "BlobStoreError" as const;
  readonly container: string;
  /** Absent for operations that concern the container. */
  readonly object: string | undefined;

  constructor({ operation, container, object }: BlobStoreOperation, reason: string, cause?: unknown) {
    const subject = object === undefined ? "" : `("${object}")`;
    super({
      code: "blobstore",
      operation,
      message: `${operation}${subject} of the container "${container}" failed: ${reason}`,
      cause,
    });
    this.container = container;
    this.object = object;
  }
}

/**
 * Whether `error` is a {@link BlobStoreError}.
 *
 * @example
 * ```ts
 * const isStoreDown = (error: unknown): boolean => isBlobStoreError(error);
 * ```
 */
export function isBlobStoreError(error: unknown): error is BlobStoreError {
  return isSdkErrorNamed(error, "BlobStoreError");
}

/** What the blob store is doing. */
export interface BlobStoreOperation {
  readonly operation: string;
  readonly container: string;
  readonly object?: string | undefined;
  /** When it concerns several. */
  readonly objects?: readonly string[] | undefined;
}

/**
 * Runs calls of the store; what they throw becomes a {@link BlobStoreError} with the store's own words. One that is thrown
 * within stays as it is. Names that would become other names on the way there are refused.
 */
export function storeCall<T>(operation: BlobStoreOperation, call: () => T): T {
  const { container, object, objects = object === undefined ? [] : [object] } = operation;
  refuseLoneSurrogates([container, ...objects], (reason) => new BlobStoreError(operation, reason));
  try {
    return call();
  } catch (thrown) {
    throw isBlobStoreError(thrown) ? thrown : storeFailure(operation, thrown);
  }
}

export function storeFailure(operation: BlobStoreOperation, thrown: unknown): BlobStoreError {
  const cause = payloadOf(thrown);
  return new BlobStoreError(operation, reasonOf(cause), cause);
}

function reasonOf(payload: unknown): string {
  if (typeof payload === "string") return payload;
  if (payload instanceof Error) return payload.message;
  if (typeof payload === "object" && payload !== null && "tag" in payload)
    return `the stream is ${String(payload.tag)}`;
  return String(payload);
}
