import { join } from "node:path";

import type { Component, InitialFile } from "../ground/api/components.ts";
import type { PublicOplogEntries } from "../ground/api/public-oplog.ts";
import type { ReplayReport } from "../ground/api/simulation.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import { GolemError } from "../ground/golem-error.ts";
import { HostClock } from "../ground/clock/host-clock.ts";
import { describeComponent } from "../component/describe-component.ts";
import { ProgramInstance } from "../engine/program/program-instance.ts";
import type { Program, ProgramImports } from "../engine/program/program.ts";
import type { ComponentCode } from "../engine/transpiler.ts";
import { Turns } from "../engine/preemption/turns.ts";
import { InstanceFiles } from "../filesystem/instance-files.ts";
import { recordedTypes } from "../interfaces/registry.ts";
import { recordedOplog } from "../oplog/recorded-entry.ts";
import { contentHash } from "../storage/content-file.ts";
import { openDataDirectory } from "../storage/data-directory.ts";
import { openSharedStores } from "../storage/shared-stores.ts";
import { writeOnce } from "../storage/write-once.ts";
import { LoadedComponent } from "../worker/instance/loaded-component.ts";
import type { InstanceOptions, InstanceSurroundings } from "../worker/instance/instance-options.ts";
import { RunningInstance } from "../worker/instance/running-instance.ts";
import { checkReplay, RecordedJournal } from "../worker/replay-check.ts";
import { guestEnvironment } from "./guest-environment.ts";
import { NoNetwork, nobodyToCall, onlyItself } from "./nobody-outside.ts";

/** A worker whose oplog is replayed, and what it is replayed on. */
export interface ProgramReplayOptions {
  readonly workerId: WorkerId;
  /** The version that the worker says it has. */
  readonly version: number;
  readonly entries: PublicOplogEntries;
  /** What promises of the worker were completed with, by the oplog index that is in their id. Golem does not record it. @default none */
  readonly promises?: ReadonlyMap<number, Uint8Array>;
  readonly component: {
    readonly name: string;
    readonly wasm: Uint8Array;
    readonly componentType: Component["componentType"];
    readonly files: readonly InitialFile[];
    readonly dynamicLinking: Component["metadata"]["dynamicLinking"];
    readonly env: Component["env"];
  };
}

/** Where a replay stands. */
export interface ReplayPlace {
  /** Index of the entry that was taken last. */
  readonly last: number;
  /** Name of the call that is recorded next; `undefined` if that is something else. */
  readonly nextCall: string | undefined;
}

/**
 * Replays an oplog on a program that is not the component itself, but does what that does. The host's own functions answer
 * it from the oplog. Nothing is written and nobody is called: what the oplog does not have ends the replay.
 *
 * @param start begins the program over its imports
 * @throws GolemError `InvalidRequest` for an ephemeral worker, which has no past
 * @throws Error for an oplog that cannot be replayed from its public form
 */
export async function replayProgram(
  { component: given, workerId, version, entries, promises = new Map() }: ProgramReplayOptions,
  start: (imports: ProgramImports, place: ReplayPlace) => Program,
): Promise<ReplayReport> {
  if (given.componentType === "Ephemeral")
    throw new GolemError({ type: "InvalidRequest", details: "Ephemeral workers are not replayed" });
  const journal = new RecordedJournal(recordedOplog(entries, version, recordedTypes).entries);
  const { world, metadata } = describeComponent(given.wasm, workerId.componentId);
  using resources = new DisposableStack();
  const directory = resources.adopt(openDataDirectory(), (each) => each.release());
  const { paths } = directory;
  const stores = resources.adopt(openSharedStores(paths, "normal", true), (each) => each.close());
  const component: Component = {
    versionedComponentId: { componentId: workerId.componentId, version },
    componentName: given.name,
    componentSize: given.wasm.length,
    metadata: { ...metadata, dynamicLinking: given.dynamicLinking },
    createdAt: new Date(0).toISOString(),
    componentType: given.componentType,
    files: await Promise.all(given.files.map((file) => storedFile(file, paths.files))),
    installedPlugins: [],
    env: given.env,
  };
  const loaded = new LoadedComponent(component, world, NO_CODE, Number.POSITIVE_INFINITY);
  if (loaded.problem !== undefined) throw new Error(loaded.problem);
  const files = new InstanceFiles(paths.instances, paths.files);
  const clock = new HostClock(new SharedArrayBuffer(8));
  const { args, env } = journal.state.create;
  const surroundings: InstanceSurroundings = {
    workerId,
    args,
    environment: guestEnvironment(workerId, env, component),
    keyValue: stores.keyValue,
    blobs: stores.blobs,
    files: files.of(component),
    rpc: nobodyToCall(workerId),
    network: new NoNetwork(),
    workers: onlyItself(workerId, journal, promises),
    clock,
    now: () => BigInt(Math.round(clock.now() * 1_000_000)),
  };
  return await checkReplay(journal, () =>
    RunningInstance.create(loaded, journal, surroundings, {
      ...UNHURRIED,
      makeGuest: (imports, handles) =>
        Promise.resolve(new ProgramInstance(world, imports, handles, (bound) => start(bound, journal))),
    }),
  );
}

/** The component's own code is not run. */
const NO_CODE: ComponentCode = { glue: "", modules: new Map(), images: new Map() };

async function storedFile(
  { path, permissions, content }: InitialFile,
  folder: string,
): Promise<Component["files"][number]> {
  const key = contentHash(content);
  await writeOnce(join(folder, key), content);
  return { key, path, permissions };
}

/** A replay waits for nothing, and nobody else is there whom it could hold up. */
const UNHURRIED: Omit<InstanceOptions, "makeGuest"> = {
  suspendAfter: Number.POSITIVE_INFINITY,
  activity: { during: (run) => run(), waiting: (wait) => wait },
  turns: new Turns(),
  notice: () => undefined,
};
