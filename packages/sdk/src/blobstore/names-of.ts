import type { Container } from "wasi:blobstore/container";

import { BlobStoreError, storeCall, type BlobStoreOperation } from "./blob-store-error.ts";

/** Fetched at once. */
const PAGE = 100n;

/** The names of a container's objects after so many of them, fetched page by page. @throws BlobStoreError */
export function* namesOf(
  container: Container,
  operation: BlobStoreOperation,
  skip: number,
): Generator<string, void, undefined> {
  if (!Number.isSafeInteger(skip) || skip < 0) {
    throw new BlobStoreError(operation, `skip is ${skip}; it must be a whole number of names, 0 or more`);
  }
  using names = storeCall(operation, () => container.listObjects());
  if (skip > 0) storeCall(operation, () => names.skipStreamObjectNames(BigInt(skip)));
  for (;;) {
    // An empty page ends the listing: hosts differ in what they mean by the flag.
    const [page] = storeCall(operation, () => names.readStreamObjectNames(PAGE));
    if (page.length === 0) return;
    yield* page;
  }
}
