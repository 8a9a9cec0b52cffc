import assert from "node:assert/strict";
import type { Contract } from "./promise-of-a-contract.ts";

export const blobStoreContract: Contract = {
  name: "blobstore",
  promises: [
    {
      says: "an object that was written is read back, also when it is larger than one write",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.write-many", container, "large", "0123456789", 20_000],
          ["blob.size", container, "large"],
          ["blob.read", container, "large", 199_990, 200_000],
        ]);
        assert.deepEqual(results.slice(1), [200_000, "0123456789"]);
      },
    },
    {
      says: "a range is from its start up to, not including, its end",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.write", container, "range", "abcdef"],
          ["blob.read", container, "range", 1, 4],
        ]);
        assert.equal(results[1], "bcd");
      },
      deviation: "Golem's documentation says that the end is excluded; some of its backends include it",
    },
    {
      says: "an object is replaced as a whole",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.write", container, "replaced", "a long first content"],
          ["blob.write", container, "replaced", "short"],
          ["blob.size", container, "replaced"],
        ]);
        assert.equal(results[2], 5);
      },
    },
    {
      says: "a container that was created exists, and creating it again changes nothing",
      holds: async ({ server, worker, container }) => {
        const own = `${container}-created`;
        const results = await server.worker(worker("blob")).run([
          ["blob.container-exists", own],
          ["blob.create-container", own],
          ["blob.write", own, "kept", "x"],
          ["blob.create-container", own],
          ["blob.has", own, "kept"],
          ["blob.delete-container", own],
          ["blob.container-exists", own],
        ]);
        assert.deepEqual(results, [false, own, null, own, true, null, false]);
      },
    },
    {
      says: "a container that does not exist cannot be opened",
      holds: async ({ server, worker, container }) => {
        const [result] = await server
          .worker(worker("blob"))
          .run([["blob.get-container", `${container}-none`]]);
        assert.deepEqual(result, { failed: "Container not found" });
      },
    },
    {
      says: "an object that does not exist is an error that says so, and is not there",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.create-container", container],
          ["blob.has", container, "never"],
          ["blob.size", container, "never"],
        ]);
        assert.equal(results[1], false);
        assert.match(JSON.stringify(results[2]), /failed/);
      },
    },
    {
      says: "a deleted object is gone",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.write", container, "deleted", "x"],
          ["blob.delete", container, "deleted"],
          ["blob.has", container, "deleted"],
        ]);
        assert.deepEqual(results.slice(1), [null, false]);
      },
      deviation: "1.2.0 deletes it as if it were a directory, which fails on some of its backends",
    },
    {
      says: "all objects are listed, and none of them in a container that was cleared and is made again",
      holds: async ({ server, worker, container }) => {
        const own = `${container}-listed`;
        const results = await server.worker(worker("blob")).run([
          ["blob.write", own, "b", "1"],
          ["blob.write", own, "a", "2"],
          ["blob.list", own],
          ["blob.clear", own],
          // Golem removes the container with its objects.
          ["blob.create-container", own],
          ["blob.list", own],
          ["blob.delete-container", own],
        ]);
        assert.deepEqual([(results[2] as string[]).toSorted(), results[5]], [["a", "b"], []]);
      },
    },
    {
      says: "an object is copied, or moved away from where it was",
      holds: async ({ server, worker, container }) => {
        const results = await server.worker(worker("blob")).run([
          ["blob.write", container, "source", "content"],
          ["blob.copy", container, "source", "copied"],
          ["blob.move", container, "source", "moved"],
          ["blob.has", container, "source"],
          ["blob.size", container, "copied"],
          ["blob.size", container, "moved"],
        ]);
        assert.deepEqual(results.slice(3), [false, 7, 7]);
      },
    },
    {
      says: "every worker sees what another one has written",
      holds: async ({ server, worker, container }) => {
        await server.worker(worker("writer")).run([["blob.write", container, "shared", "by the writer"]]);
        const [has, size] = await server.worker(worker("reader")).run([
          ["blob.has", container, "shared"],
          ["blob.size", container, "shared"],
        ]);
        assert.deepEqual([has, size], [true, 13]);
      },
    },
  ],
};
