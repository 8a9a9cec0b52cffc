import type { DatabaseSync } from "node:sqlite";

import { BlobStore } from "./blob-store.ts";
import { ComponentStore } from "./component-store.ts";
import type { DataPaths } from "./data-directory.ts";
import { RemovingBlobStore } from "./removing-blob-store.ts";
import type { Strictness } from "../ground/api/strictness.ts";
import { KeyValueStore } from "./key-value-store.ts";
import { PromiseStore } from "./promise-store.ts";
import { ScheduleStore } from "./schedule-store.ts";
import { openSharedDatabase } from "./shared-database.ts";
import type { LogAge, Synchronous } from "./sqlite.ts";

/** What all workers share, through one connection of this thread. */
export interface SharedStores {
  readonly components: ComponentStore;
  readonly keyValue: KeyValueStore;
  readonly blobs: BlobStore;
  readonly promises: PromiseStore;
  readonly schedule: ScheduleStore;
  close(): void;
}

/**
 * @param isFirst nobody else has opened the file yet: it is looked through for damage
 * @param strict the server whose faults the stores have. @default none
 * @throws StorageError
 */
export function openSharedStores(
  paths: Pick<DataPaths, "shared" | "blobs">,
  synchronous: Synchronous,
  isFirst: boolean,
  logAge?: LogAge,
  strict?: Strictness,
): SharedStores {
  const database: DatabaseSync = openSharedDatabase(paths.shared, synchronous, isFirst, logAge);
  const Blobs = strict === undefined ? BlobStore : RemovingBlobStore;
  try {
    return {
      components: new ComponentStore(database, paths.shared),
      keyValue: new KeyValueStore(database, paths.shared),
      blobs: new Blobs(database, paths.shared, paths.blobs, synchronous),
      promises: new PromiseStore(database, paths.shared),
      schedule: new ScheduleStore(database, paths.shared),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
