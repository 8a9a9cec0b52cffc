import assert from "node:assert/strict";
import type { Contract } from "./promise-of-a-contract.ts";

export const keyValueContract: Contract = {
  name: "keyvalue",
  promises: [
    {
      says: "a value that was set is read back, byte by byte",
      holds: async ({ server, worker, bucket }) => {
        const text = "tea ☕ \u0000 and an end";
        const results = await server.worker(worker("kv")).run([
          ["kv.set", bucket, "text", text],
          ["kv.get", bucket, "text"],
          ["kv.size", bucket, "text"],
        ]);
        assert.deepEqual(results.slice(1), [text, Buffer.byteLength(text)]);
      },
    },
    {
      says: "a key that was never set has no value and does not exist",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          ["kv.get", bucket, "never"],
          ["kv.exists", bucket, "never"],
        ]);
        assert.deepEqual(results, [null, false]);
      },
    },
    {
      says: "a value is replaced as a whole",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          ["kv.set", bucket, "replaced", "a long first value"],
          ["kv.set", bucket, "replaced", "short"],
          ["kv.get", bucket, "replaced"],
        ]);
        assert.equal(results[2], "short");
      },
    },
    {
      says: "a deleted key is gone, and deleting it again is no error",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          ["kv.set", bucket, "deleted", "x"],
          ["kv.delete", bucket, "deleted"],
          ["kv.exists", bucket, "deleted"],
          ["kv.delete", bucket, "deleted"],
        ]);
        assert.deepEqual(results.slice(2), [false, null]);
      },
    },
    {
      says: "an empty value is not the same as none",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          ["kv.set", bucket, "empty", ""],
          ["kv.exists", bucket, "empty"],
          ["kv.get", bucket, "empty"],
        ]);
        assert.deepEqual(results.slice(1), [true, ""]);
      },
    },
    {
      says: "a batch sets, reads and deletes many keys",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          [
            "kv.set-many",
            bucket,
            [
              ["m1", "1"],
              ["m2", "2"],
              ["m3", "3"],
            ],
          ],
          ["kv.get-many", bucket, ["m3", "m1"]],
          ["kv.delete-many", bucket, ["m1", "m2"]],
          ["kv.exists", bucket, "m1"],
          ["kv.exists", bucket, "m3"],
        ]);
        assert.deepEqual([results[1], results[3], results[4]], [["3", "1"], false, true]);
      },
    },
    {
      says: "each key is listed once, in no promised order, and none that was deleted",
      holds: async ({ server, worker, bucket }) => {
        const own = `${bucket}-keys`;
        const results = await server.worker(worker("kv")).run([
          ["kv.set", own, "z", "1"],
          ["kv.set", own, "a", "2"],
          ["kv.set", own, "z", "3"],
          ["kv.keys", own],
          ["kv.delete-many", own, ["z", "a"]],
          ["kv.keys", own],
        ]);
        assert.deepEqual([(results[3] as string[]).toSorted(), results[5]], [["a", "z"], []]);
      },
    },
    {
      says: "buckets keep their keys apart",
      holds: async ({ server, worker, bucket }) => {
        const results = await server.worker(worker("kv")).run([
          ["kv.set", bucket, "apart", "here"],
          ["kv.get", `${bucket}-other`, "apart"],
        ]);
        assert.equal(results[1], null);
      },
    },
    {
      says: "every worker sees what another one has set",
      holds: async ({ server, worker, bucket }) => {
        await server.worker(worker("writer")).run([["kv.set", bucket, "shared", "by the writer"]]);
        const [seen] = await server.worker(worker("reader")).run([["kv.get", bucket, "shared"]]);
        assert.equal(seen, "by the writer");
      },
    },
    {
      says: "a call that is repeated under its key neither reads nor writes again",
      holds: async ({ server, worker, bucket }) => {
        const name = worker("kv");
        const steps = [["kv.append", bucket, "once", "."]] as const;
        const first = await server.worker(name).run(steps, `${name}-key`);
        await server.worker(worker("other")).run([["kv.append", bucket, "once", "!"]]);
        assert.deepEqual(await server.worker(name).run(steps, `${name}-key`), first);
        const [now] = await server.worker(name).run([["kv.get", bucket, "once"]]);
        assert.equal(now, ".!");
      },
    },
  ],
};
