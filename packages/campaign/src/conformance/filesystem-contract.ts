import assert from "node:assert/strict";
import type { Contract } from "./promise-of-a-contract.ts";

export const filesystemContract: Contract = {
  name: "filesystem",
  promises: [
    {
      says: "a file that was written is read back",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.write", "notes.txt", "first"],
          ["fs.read", "notes.txt"],
          ["fs.size", "notes.txt"],
        ]);
        assert.deepEqual(results.slice(1), ["first", 5]);
      },
    },
    {
      says: "writing begins anew, appending goes on at the end",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.write", "f", "a long first content"],
          ["fs.write", "f", "short"],
          ["fs.append", "f", ", and more"],
          ["fs.read", "f"],
        ]);
        assert.equal(results[3], "short, and more");
      },
    },
    {
      says: "directories are made, listed by name and removed when they are empty",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.mkdir", "d"],
          ["fs.write", "d/b", "1"],
          ["fs.mkdir", "d/a"],
          ["fs.list", "d"],
          ["fs.rmdir", "d"],
          ["fs.unlink", "d/b"],
          ["fs.rmdir", "d/a"],
          ["fs.rmdir", "d"],
          ["fs.list", "."],
        ]);
        assert.deepEqual(results[3], ["a directory", "b regular-file"]);
        assert.deepEqual(results[4], { failed: "not-empty" });
        assert.deepEqual(results.slice(7), [null, []]);
      },
    },
    {
      says: "a file is renamed over another one",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.write", "old", "kept"],
          ["fs.write", "new", "replaced"],
          ["fs.rename", "old", "new"],
          ["fs.read", "new"],
          ["fs.read", "old"],
        ]);
        assert.deepEqual(results.slice(3), ["kept", { failed: "no-entry" }]);
      },
    },
    {
      says: "a file is cut, and grown by zeros",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.write", "f", "abcdef"],
          ["fs.set-size", "f", 2],
          ["fs.set-size", "f", 4],
          ["fs.read", "f"],
        ]);
        assert.equal(results[3], "ab\u0000\u0000");
      },
    },
    {
      says: "a symbolic link is followed inside the worker's files",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.write", "target", "found"],
          ["fs.symlink", "target", "link"],
          ["fs.read", "link"],
          ["fs.readlink", "link"],
          ["fs.type", "link"],
        ]);
        assert.deepEqual(results.slice(2), ["found", "target", "symbolic-link"]);
      },
    },
    {
      says: "nothing outside the worker's files is reached, neither by a path nor by a link",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("fs")).run([
          ["fs.read", "../../../../../../etc/passwd"],
          ["fs.symlink", "../../../../../../etc/passwd", "out"],
          ["fs.read", "out"],
          ["fs.write", "../escaped", "x"],
        ]);
        for (const at of [0, 2, 3]) assert.match(JSON.stringify(results[at]), /^\{"failed"/);
      },
    },
    {
      says: "workers have files of their own",
      holds: async ({ server, worker }) => {
        await server.worker(worker("writer")).run([["fs.write", "own", "x"]]);
        const [other] = await server.worker(worker("reader")).run([["fs.read", "own"]]);
        assert.deepEqual(other, { failed: "no-entry" });
      },
    },
    {
      says: "files come back with a worker that crashed",
      holds: async ({ server, worker }) => {
        const name = worker("fs");
        const crashed = server.worker(name);
        await crashed.run([
          ["fs.write", "kept", "before"],
          ["fs.append", "kept", " the crash"],
        ]);
        await server.client.interrupt(crashed.id, { recover: true });
        const [content] = await crashed.run([["fs.read", "kept"]]);
        assert.equal(content, "before the crash");
      },
    },
  ],
};
