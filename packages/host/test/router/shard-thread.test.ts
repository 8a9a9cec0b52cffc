import { expect, onTestFinished, test } from "vitest";

import { DEFAULT_LIMITS } from "../../src/index.ts";
import { ShardThread, type ThreadOptions } from "../../src/router/shard-thread.ts";
import type { RouterOperations } from "../../src/shard/protocol.ts";
import { openDataDirectory, PARTITION_COUNT } from "../../src/storage/data-directory.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";
import { failure } from "../hosted.ts";

const NOBODY = { componentId: crypto.randomUUID(), workerName: "nobody" };

function shardThread(more: ThreadOptions): ShardThread {
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
      logAge: "this boot",
      maxIdleInstances: 1,
      maxIdleMemory: 1,
      maxWorkerMemory: 1,
      limits: DEFAULT_LIMITS,
      number: 0,
      maxMemory: 1,
      memory: new SharedArrayBuffer(8),
      minFreeDisk: 0,
      freeDisk: new SharedArrayBuffer(8),
      imageAfter: undefined,
      suspendAfter: 1,
      retryDelays: true,
      tellsAll: false,
      clock: new SharedArrayBuffer(8),
      allow: [],
      routes: {},
      strict: undefined,
    },
    // It asks for nothing: there are no workers.
    {} as RouterOperations,
    more,
  );
  onTestFinished(async () => {
    await thread.close();
    directory.release();
  });
  return thread;
}

// No thread has loaded its modules after so many milliseconds; one that is there answers within them, or within the next.
test("a thread that takes long to begin is not taken for a silent one", async () => {
  const thread = shardThread({ longestSilence: 20 });
  await expect(thread.channel.call("interrupt", NOBODY)).resolves.toBeUndefined();
});

test("who waits for a thread that stays silent is told so", async () => {
  const thread = shardThread({
    longestSilence: 100,
    longestStart: 100,
    body: new URL("silent-thread.ts", import.meta.url),
  });
  expect(await failure(thread.channel.call("interrupt", NOBODY))).toMatch(
    /^Unknown: The thread of this worker has not answered for 0\.1 s, and neither has its successor\. What to do: .*same idempotency key/,
  );
});
