/**
 * A part of a file, for `FileHandle.advise`.
 *
 * @example
 * ```ts
 * const header: AdvisedPart = { length: 4_096 };
 * ```
 */
export interface AdvisedPart {
  /** In bytes. @default 0 */
  readonly offset?: number;
  /** In bytes; 0 means to the end. @default 0 */
  readonly length?: number;
}
