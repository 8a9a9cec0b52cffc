/**
 * What is known of an object without reading it.
 *
 * @example
 * ```ts
 * const info: ObjectInfo | undefined = await openContainer("receipts").info("o-1.txt");
 * ```
 */
export interface ObjectInfo {
  readonly name: string;
  readonly container: string;
  /** In bytes. */
  readonly size: number;
  readonly createdAt: Date;
}

/**
 * What is known of a container.
 *
 * @example
 * ```ts
 * const { createdAt }: ContainerInfo = await openContainer("receipts").describe();
 * ```
 */
export interface ContainerInfo {
  readonly name: string;
  readonly createdAt: Date;
}
