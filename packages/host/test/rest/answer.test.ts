import { expect, test } from "vitest";
import { errorAnswer } from "../../src/rest/answer.ts";
import { Channel } from "../../src/shard/channel.ts";
import { StorageError } from "../../src/ground/storage-error.ts";

interface Store {
  write(): void;
}

/** The error as the router gets it from a shard. */
function errorOfShard(error: Error): Promise<unknown> {
  const shard: Channel<object> = new Channel({ postMessage: (message) => router.receive(message) });
  const router: Channel<Store> = new Channel({ postMessage: (message) => shard.receive(message) });
  shard.serve({ write: () => Promise.reject(error) });
  return router.call("write").catch((caught: unknown) => caught);
}

test("a full disk is told to the caller, whichever thread met it", async () => {
  const error = await errorOfShard(
    new StorageError("Cannot use /srv/golem/oplog-0.sqlite: the disk is full."),
  );

  const answer = errorAnswer(error, "/srv/golem");

  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    golemError: { type: "Unknown", details: "Cannot use oplog-0.sqlite: the disk is full." },
  });
});

test("an unforeseen error tells the caller nothing of the machine", async () => {
  const answer = errorAnswer(await errorOfShard(new Error("no such file: /home/ada/secret")), "/srv/golem");

  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("ada");
});
