/** What is known of an object without reading it. */
export interface ObjectInfo {
  readonly name: string;
  readonly container: string;
  /** In bytes. */
  readonly size: number;
  readonly createdAt: Date;
}

/** What is known of a container. */
export interface ContainerInfo {
  readonly name: string;
  readonly createdAt: Date;
}
