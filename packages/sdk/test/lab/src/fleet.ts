import type { Implementation } from "@golem-kit/sdk";
import { readOplog, searchOplog } from "@golem-kit/sdk/oplog";
import {
  forkWorker,
  resolveComponent,
  resolveExistingWorker,
  resolveWorker,
  revertWorker,
  self,
  updateWorker,
  where,
  workerMetadata,
  workers,
  type WorkerAddress,
  type WorkerFilter,
} from "@golem-kit/sdk/worker";

import type * as Exports from "sdk:lab-exports/fleet";

import { codeOf } from "./code-of.ts";
import { note } from "./ledger.ts";

const COMPONENT = "sdk:lab";

function address(worker: string): WorkerAddress {
  return { componentId: self().componentId, workerName: worker };
}

async function names(prefix: string, filter?: WorkerFilter, component = COMPONENT): Promise<string> {
  const found: string[] = [];
  for await (const { workerName } of workers(component, filter, { precise: true }))
    if (workerName.startsWith(prefix)) found.push(workerName.slice(prefix.length));
  return found.toSorted().join();
}

async function listWorkers(prefix: string): Promise<string[]> {
  const mine = where.name.startsWith(prefix);
  const day = 86_400_000;
  const filters: (WorkerFilter | undefined)[] = [
    undefined,
    mine,
    where.name.equal(`${prefix}north`),
    mine.and(where.name.notEqual(`${prefix}north`)),
    mine.and(where.name.like("rth")),
    mine.and(where.name.notLike("rth")),
    mine.and(where.status("idle")),
    mine.and(where.status.notEqual("idle")),
    mine.and(where.status.greaterEqual("suspended")),
    mine.and(where.version.equal(0n)).and(where.version.lessEqual(0n)).and(where.version.less(1n)),
    mine.and(where.version.greater(0n)),
    mine.and(where.createdAt.greater(new Date(Date.now() - day))),
    mine.and(where.createdAt.less(Date.now() - day)),
    mine.and(where.env("REGION").equal("cold").or(where.env("REGION").startsWith("ho"))),
    where
      .env("REGION")
      .equal("cold")
      .or(where.name.equal(`${prefix}south`))
      .and(mine),
    where.name.equal(`${prefix}north`).or(mine.and(where.name.like("north"))),
  ];
  const lists: string[] = [];
  for (const filter of filters) lists.push(await names(prefix, filter));
  lists.push(await names(prefix, mine, self().componentId));
  for await (const first of workers(COMPONENT, mine)) {
    lists.push(typeof first.componentVersion);
    break;
  }
  return lists;
}

/** What it writes depends on what it finds: a replay that found something else would diverge. */
async function survey(prefix: string): Promise<string[]> {
  const seen: string[] = [];
  for await (const worker of workers(COMPONENT, where.name.startsWith(prefix))) {
    const entries = await Array.fromAsync(readOplog(worker), ({ type }) => type);
    const found = await Array.fromAsync(searchOplog(worker, "seen"), ({ index }) => String(index));
    const known = workerMetadata({ ...worker, workerName: `${worker.workerName}-again` });
    seen.push([worker.workerName, entries.length, found.length, known?.workerName].join(" "));
    await note("survey", seen.join());
    if (known !== undefined) await note("survey", "again");
  }
  return seen;
}

function know(other: string): string[] {
  const mine = self();
  const its = workerMetadata(address(other));
  return [
    `${mine.workerName} ${mine.status} ${mine.componentVersion} ${mine.retryCount} ${mine.args.length}`,
    `${its?.workerName} ${its?.env["REGION"]} ${its?.args.join()}`,
    String(workerMetadata(address("nobody-there"))?.workerName),
    String(resolveComponent(COMPONENT) === mine.componentId),
    String(resolveComponent("sdk:nowhere")),
    String(resolveWorker(COMPONENT, "nobody-there")?.workerName),
    String(resolveWorker("sdk:nowhere", "nobody-there")?.workerName),
    String(resolveExistingWorker(COMPONENT, "nobody-there")?.workerName),
    String(resolveExistingWorker(COMPONENT, other)?.workerName),
  ];
}

async function misusedFleet(): Promise<string[]> {
  const other = address("other");
  return [
    await codeOf(() => workers("sdk:nowhere").next()),
    await codeOf(() => workerMetadata({ componentId: "sdk:lab", workerName: "other" })),
    await codeOf(() => updateWorker(other, -1n)),
    await codeOf(() => forkWorker(other, other, 1n)),
    await codeOf(() => revertWorker(other, { lastInvocations: 0n })),
    await codeOf(() => revertWorker(other, { toOplogIndex: 0n })),
    await codeOf(() => updateWorker(other, 2 as unknown as bigint)),
    await codeOf(() => where.version.greater(-1n)),
  ];
}

export const fleet: Implementation<typeof Exports> = {
  listWorkers,
  know,
  survey,
  fork: (source, target, cutOff) => forkWorker(address(source), address(target), cutOff),
  revert: (worker, lastInvocations, toOplogIndex) =>
    revertWorker(
      address(worker),
      lastInvocations === undefined ? { toOplogIndex: toOplogIndex ?? 0n } : { lastInvocations },
    ),
  update: (worker, version, snapshot) =>
    updateWorker(address(worker), version, snapshot ? "snapshot-based" : "automatic"),
  misusedFleet,
};
