import type { Stop } from "../stop.ts";
import { eventually } from "../eventually.ts";

export const self: Stop = {
  title: "golem:api/host: getSelfMetadata, getWorkerMetadata",
  shows: "A worker knows itself and the others of its component",
  functions: ["self", "metadata"],
  async play(guest) {
    await guest.call("self");
    guest.check("a worker that does not exist", await guest.call("metadata", "nobody"), undefined);
  },
};

export const workers: Stop = {
  title: "golem:api/host: new GetWorkers",
  shows: "Workers are listed page by page, here those whose names begin with a text",
  functions: ["workers"],
  async play(guest) {
    guest.check("the workers of that name", await guest.call("workers", guest.name), [guest.name]);
  },
};

export const names: Stop = {
  title: "golem:api/host: resolveComponentId, resolveWorkerId, resolveWorkerIdStrict",
  shows: "Components and workers are found by name: there is the component, not the worker",
  functions: ["resolve"],
  async play(guest) {
    const resolved = await guest.call("resolve", "kit:tour", "nobody");
    guest.check("component, worker id, existing worker", resolved, [true, true, false]);
  },
};

export const fork: Stop = {
  title: "golem:api/host: forkWorker, revertWorker",
  shows: "A fork has the past of its source; a revert takes back the last invocations",
  functions: ["fork", "revert"],
  async play(guest, { host }) {
    const source = guest.other(`${guest.half}-source`);
    const twin = guest.other(`${guest.half}-twin`);
    await source.note("note", "before");
    const { lastIndex } = await host.workers.oplog(source.id, { from: 1, count: 1 });
    await guest.call("fork", source.name, twin.name, BigInt(lastIndex));
    await twin.note("note", "elsewhere");
    await guest.call("revert", twin.name, 1n);
    guest.check("what the fork remembers", await twin.note("notes"), ["before"]);
  },
};

export const update: Stop = {
  title: "golem:api/host: updateWorker",
  shows: "A worker is replayed on a new version of its component, and remembers",
  functions: ["update"],
  async play(guest, { host, newVersion }) {
    const worker = guest.other(`${guest.half}-updated`);
    await worker.note("note", "from the old version");
    const version = await newVersion();
    await guest.call("update", worker.name, BigInt(version));
    await eventually("the worker is at the new version", async () => {
      const { componentVersion } = await host.workers.get(worker.id);
      return componentVersion === version;
    });
    guest.check("what it remembers", await worker.note("notes"), ["from the old version"]);
  },
};
