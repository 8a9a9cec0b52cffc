import type { WorkerMetadata } from "@golem-kit/host";

/** A page of workers. Golem leaves the cursor out where there is no next page. */
export interface Listing {
  readonly workers: readonly WorkerMetadata[];
  readonly cursor?: { readonly layer: number; readonly cursor: number } | null;
}

/** All workers, page by page. @param read gives the page at a cursor (`layer/cursor`) */
export async function* listingPages(
  read: (cursor?: string) => Promise<Listing>,
): AsyncGenerator<WorkerMetadata, void, undefined> {
  let next: string | undefined;
  do {
    const { workers, cursor } = await read(next);
    yield* workers;
    next = cursor ? `${cursor.layer}/${cursor.cursor}` : undefined;
  } while (next !== undefined);
}
