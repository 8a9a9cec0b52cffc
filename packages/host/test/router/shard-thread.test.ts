import { expect, onTestFinished, test } from "vitest";

import { ShardThread } from "../../src/router/shard-thread.ts";
import { sharedNames } from "../../src/shard/running-names.ts";
import type { RouterOperations } from "../../src/shard/protocol.ts";
import { openDataDirectory, PARTITION_COUNT } from "../../src/storage/data-directory.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";

/** No thread has loaded its modules after so many milliseconds; one that is there answers within them, or within the next. */
const PATIENCE = 20;

test("a thread that takes long to begin is not taken for one whose guest never yields", async () => {
  const directory = openDataDirectory();
  const { partition, ...paths } = directory.paths;
  openSharedStores(directory.paths, "normal", true).close();
  const thread = new ShardThread(
    {
      paths,
      partitions: Array.from({ length: PARTITION_COUNT }, (_, number) => ({
        number,
        file: partition(number),
      })),
      instances: paths.instances,
      synchronous: "normal",
      maxIdleInstances: 1,
      maxIdleMemory: 1,
      maxWorkerMemory: 1,
      suspendAfter: 1,
      retryDelays: true,
      clock: new SharedArrayBuffer(8),
      running: sharedNames(),
      allow: [],
      routes: {},
    },
    // It asks for nothing: there are no workers.
    {} as RouterOperations,
    PATIENCE,
  );
  onTestFinished(async () => {
    await thread.close();
    directory.release();
  });
  const nobody = { componentId: crypto.randomUUID(), workerName: "nobody" };
  await expect(thread.interrupt(nobody)).resolves.toBeUndefined();
});
