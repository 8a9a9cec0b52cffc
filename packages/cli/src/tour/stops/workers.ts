import type { Guest } from "../guest.ts";
import type { Stop, Surroundings } from "../stop.ts";
import { eventually } from "../../eventually.ts";

const LIFECYCLE =
  "no worker updates, forks or reverts workers there: update and revert over REST, nothing else forks";

export const self: Stop = {
  title: "golem:api/host: getSelfMetadata, getWorkerMetadata",
  shows: "A worker knows itself and the others of its component",
  async play(guest) {
    await guest.call("self");
    guest.check("a worker that does not exist", await guest.call("metadata", "nobody"), undefined);
  },
};

export const workers: Stop = {
  title: "golem:api/host: new GetWorkers",
  shows: "Workers are listed page by page, here those whose names begin with a text",
  async play(guest) {
    guest.check("the workers of that name", await guest.call("workers", guest.name), [guest.name]);
  },
};

export const names: Stop = {
  title: "golem:api/host: resolveComponentId, resolveWorkerId, resolveWorkerIdStrict",
  shows: "Components and workers are found by name: there is the component, not the worker",
  async play(guest) {
    const resolved = await guest.call("resolve", "kit:tour", "nobody");
    guest.check("component, worker id, existing worker", resolved, [true, true, false]);
  },
};

export const fork: Stop = {
  title: "golem:api/host: forkWorker, revertWorker",
  shows: "A fork has the past of its source; a revert takes back the last invocations",
  failsOnGolem: LIFECYCLE,
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
  title: "golem:api/host: updateWorker, automatic",
  shows: "A worker is replayed on a new version of its component, and remembers",
  failsOnGolem: LIFECYCLE,
  async play(guest, surroundings) {
    await updateWorker(guest, guest.other(`${guest.half}-updated`), { by: "update", ...surroundings });
  },
};

export const updateBySnapshot: Stop = {
  title: "golem:api/host: updateWorker, snapshot-based; golem:api/save-snapshot, load-snapshot",
  shows: "The old version saves what the worker remembers, and the new one loads it: nothing is replayed",
  failsOnGolem: LIFECYCLE,
  async play(guest, surroundings) {
    await updateWorker(guest, guest.other(`${guest.half}-saved`), {
      by: "update-by-snapshot",
      ...surroundings,
    });
  },
};

async function updateWorker(
  guest: Guest,
  worker: Guest,
  { by, host, newVersion }: Surroundings & { readonly by: "update" | "update-by-snapshot" },
): Promise<void> {
  await worker.note("note", "from the old version");
  const version = await newVersion();
  await guest.call(by, worker.name, BigInt(version));
  await eventually("the worker is at the new version", async () => {
    const { componentVersion } = await host.workers.get(worker.id);
    return componentVersion === version || undefined;
  });
  guest.check("what it remembers", await worker.note("notes"), ["from the old version"]);
}
