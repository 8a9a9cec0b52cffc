import {
  containerExists as exists,
  copyObject as copy,
  createContainer as create,
  deleteContainer as remove,
  moveObject as move,
} from "wasi:blobstore/blobstore";

import { storeCall } from "./blobstore/blob-store-error.ts";
import { Container } from "./blobstore/container.ts";

export { CodecError, isCodecError } from "./codec.ts";
export { BlobStoreError, isBlobStoreError } from "./blobstore/blob-store-error.ts";
export type { ByteRange } from "./byte-range.ts";
export { Container } from "./blobstore/container.ts";
export type { Bytes } from "./bytes.ts";
export type { Content } from "./content.ts";
export type { ContainerInfo, ObjectInfo } from "./blobstore/object-info.ts";

/**
 * An object, wherever it is.
 *
 * @example
 * ```ts
 * const receipt: ObjectAddress = { container: "receipts", object: "o-1.txt" };
 * ```
 */
export interface ObjectAddress {
  readonly container: string;
  readonly object: string;
}

/**
 * Names a container of the blob store. Nothing is opened before its first operation, so that it may be written at the
 * top of a module.
 *
 * Stands on `wasi:blobstore/blobstore.create-container` or `get-container`; the world imports
 * `wasi:blobstore/blobstore`, `wasi:blobstore/container`, `wasi:blobstore/types` and `wasi:io/poll@0.2.0`.
 *
 * @param options.create whether the container is created when it does not exist; if not, the first operation throws
 *   {@link BlobStoreError} @default false
 * @example
 * ```ts
 * const receipts = openContainer("receipts", { create: true });
 * await receipts.put("o-1.txt", "1 × tea");
 * ```
 */
export function openContainer(
  name: string,
  { create = false }: { readonly create?: boolean } = {},
): Container {
  return new Container(name, { create });
}

/**
 * Creates a container; one that exists stays as it is. Stands on `wasi:blobstore/blobstore.create-container`.
 *
 * @throws BlobStoreError
 * @example
 * ```ts
 * await createContainer("archive");
 * ```
 */
export async function createContainer(name: string): Promise<void> {
  const handle = storeCall({ operation: "createContainer", container: name }, () => create(name));
  handle[Symbol.dispose]();
}

/**
 * Whether a container exists. Stands on `wasi:blobstore/blobstore.container-exists`.
 *
 * @throws BlobStoreError
 * @example
 * ```ts
 * if (!(await containerExists("archive"))) await createContainer("archive");
 * ```
 */
export async function containerExists(name: string): Promise<boolean> {
  return storeCall({ operation: "containerExists", container: name }, () => exists(name));
}

/**
 * Removes a container with all its objects; one that does not exist is no error. Stands on `wasi:blobstore/blobstore.delete-container`.
 *
 * @throws BlobStoreError
 * @example
 * ```ts
 * await deleteContainer("archive");
 * ```
 */
export async function deleteContainer(name: string): Promise<void> {
  storeCall({ operation: "deleteContainer", container: name }, () => remove(name));
}

/**
 * Copies an object, over one that may be at the target. Both containers exist.
 * Stands on `wasi:blobstore/blobstore.copy-object`.
 *
 * @throws BlobStoreError
 * @example
 * ```ts
 * await copyObject({ container: "receipts", object: "o-1.txt" }, { container: "archive", object: "2026/o-1.txt" });
 * ```
 */
export async function copyObject(source: ObjectAddress, target: ObjectAddress): Promise<void> {
  storeCall({ operation: "copyObject", ...source, objects: namesIn(source, target) }, () =>
    copy({ ...source }, { ...target }),
  );
}

/**
 * Moves an object, over one that may be at the target. Stands on `wasi:blobstore/blobstore.move-object`.
 *
 * @throws BlobStoreError
 * @example
 * ```ts
 * await moveObject({ container: "receipts", object: "o-1.txt" }, { container: "archive", object: "o-1.txt" });
 * ```
 */
export async function moveObject(source: ObjectAddress, target: ObjectAddress): Promise<void> {
  storeCall({ operation: "moveObject", ...source, objects: namesIn(source, target) }, () =>
    move({ ...source }, { ...target }),
  );
}

function namesIn(source: ObjectAddress, target: ObjectAddress): readonly string[] {
  return [source.object, target.container, target.object];
}
