/**
 * Bytes in memory of their own, as web APIs take them.
 *
 * @example
 * ```ts
 * const magic: Bytes = Uint8Array.of(0x25, 0x50, 0x44, 0x46);
 * ```
 */
export type Bytes = Uint8Array<ArrayBuffer>;
