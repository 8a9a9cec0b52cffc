import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";

import type { Host } from "../ground/api/host.ts";
import type { HostOptions } from "../ground/api/host-options.ts";
import { HostClock } from "../ground/clock/host-clock.ts";
import { Transpiler } from "../engine/transpiler.ts";
import { DiskWatch, sharedFreeDisk } from "../storage/free-disk.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import { workerLimits } from "../ground/api/worker-limits.ts";
import { GolemError, isHostTrouble } from "../ground/golem-error.ts";
import { checkHostOptions } from "../ground/api/host-options.ts";
import { DEFAULT_ALLOW } from "../ground/network/network-policy.ts";
import { parseNetworkRule } from "../ground/network/network-rule.ts";
import { parseRoutes } from "../ground/network/routes.ts";
import { Activity } from "../shard/activity.ts";
import type { RouterOperations } from "../shard/protocol.ts";
import { openDataDirectory, PARTITION_COUNT, type DataDirectory } from "../storage/data-directory.ts";
import type { ScheduledAction } from "../storage/schedule-store.ts";
import { openSharedStores, type SharedStores } from "../storage/shared-stores.ts";
import { sharedMemoryTotal } from "../worker/instance/memory-total.ts";
import { ComponentRegistry } from "./component-registry.ts";
import { RoutedWorkers } from "./routed-workers.ts";
import { Scheduler } from "./scheduler.ts";
import { HostSimulation } from "./simulation.ts";
import { workerTitles } from "./worker-titles.ts";
import { ShardThread } from "./shard-thread.ts";

const MOST_SHARDS = 4;

const DEFAULT_IDLE_MEMORY = 2 ** 30;
const DEFAULT_WORKER_MEMORY = 2 ** 30;
const DEFAULT_FREE_DISK = 2 ** 28;

/**
 * Opens an embedded host: components, workers and all they store live in its data directory.
 *
 * @throws StorageError if the data directory cannot be written or is in use
 * @throws TypeError for an option that there is not
 * @throws NetworkRuleError if a line of `allow` cannot be read
 * @throws RouteError if one of `routes` cannot be read
 */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  checkHostOptions(options);
  const { allow = DEFAULT_ALLOW, routes = {} } = options;
  // Said here, before any thread fails by it.
  for (const line of allow) parseNetworkRule(line);
  parseRoutes(routes);
  const { synchronous = "normal" } = options;
  const directory = openDataDirectory(options.dataDir, synchronous);
  try {
    return await open(directory, { ...options, allow, routes, synchronous });
  } catch (error) {
    directory.release();
    throw error;
  }
}

type Options = HostOptions & Required<Pick<HostOptions, "allow" | "routes" | "synchronous">>;

async function open(directory: DataDirectory, options: Options): Promise<Host> {
  const shared = openSharedStores(directory.paths, options.synchronous, true, directory.logAge);
  try {
    return await openOn(directory, shared, options);
  } catch (error) {
    shared.close();
    throw error;
  }
}

async function openOn(directory: DataDirectory, shared: SharedStores, options: Options): Promise<Host> {
  const { paths } = directory;
  const damage = shared.schedule.damage().map(({ message }) => message);
  shared.blobs.removeLeftovers();
  const maxWorkerMemory = options.maxWorkerMemory ?? DEFAULT_WORKER_MEMORY;
  const transpiler = new Transpiler(options.cacheDir ?? paths.cache, maxWorkerMemory);
  const components = new ComponentRegistry(shared.components, paths, transpiler);
  const count = Math.min(options.shards ?? Math.min(availableParallelism(), MOST_SHARDS), PARTITION_COUNT);
  const shards: ShardThread[] = [];
  const workers = new RoutedWorkers((partition) => shardOf(shards, partition), shared);
  const activity = new Activity();
  const limits = workerLimits(options.limits);
  const free = sharedFreeDisk();
  const memory = sharedMemoryTotal(count);
  const diskWatch = new DiskWatch(paths.root, free);
  const title = workerTitles(shared.components);
  const ahead = new SharedArrayBuffer(8);
  const clock = new HostClock(ahead);
  clock.moveTo(clock.now() + (options.clockAhead ?? 0));
  const scheduler = new Scheduler(shared.schedule, { activity, clock }, (action) => act(workers, action));
  const operations: RouterOperations = {
    component: (componentId, version) => activity.during(() => components.package(componentId, version)),
    invoke: (id, invocation, caller) => activity.passing(() => workers.invoke(id, invocation, caller)),
    invokeAndAwait: (id, invocation, caller) =>
      activity.passing(() => workers.invokeAndAwait(id, invocation, caller)),
    get: (id) => activity.during(() => workers.get(id)),
    oplog: (id, page) => activity.during(() => workers.oplog(id, page)),
    list: (componentId, query) => activity.during(() => workers.list(componentId, query)),
    wake: (id) => activity.during(() => workers.wake(id)),
    fork: (source, target, cutOff, by, own) =>
      activity.during(() => workers.fork(source, target, cutOff, { by, own })),
    update: (id, mode, targetVersion, by) =>
      activity.during(() => workers.update(id, mode, targetVersion, by)),
    revert: (id, target, by) => activity.during(() => workers.revert(id, target, by)),
    workerEvents: (subscription, events) => workers.deliver(subscription, events),
    notice: (workerId, message) =>
      options.onNotice?.({ workerId, worker: title(workerIdText(workerId)), message }),
    happened: (workerId, [index, event]) =>
      options.onEvent?.({ workerId, worker: title(workerIdText(workerId)), index, event }),
    scheduled: () => scheduler.refresh(),
  };
  for (let shard = 0; shard < count; shard += 1) {
    const numbers = Array.from({ length: PARTITION_COUNT }, (_, number) => number).filter(
      (number) => number % count === shard,
    );
    const { partition, ...plainPaths } = paths;
    shards.push(
      new ShardThread(
        {
          number: shard,
          paths: plainPaths,
          partitions: numbers.map((number) => ({ number, file: partition(number) })),
          instances: join(paths.instances, String(shard)),
          synchronous: options.synchronous,
          logAge: directory.logAge,
          maxIdleInstances: options.maxIdleInstances ?? 64,
          maxIdleMemory: (options.maxIdleMemory ?? DEFAULT_IDLE_MEMORY) / count,
          maxWorkerMemory,
          limits,
          minFreeDisk: options.minFreeDisk ?? DEFAULT_FREE_DISK,
          freeDisk: free,
          maxMemory: options.maxMemory ?? totalmem() / 2,
          memory,
          imageAfter: options.recovery === "replay" ? undefined : (options.imageAfter ?? 100),
          suspendAfter: options.suspendAfter ?? 10_000,
          allow: options.allow,
          routes: options.routes,
          strict: options.strict,
          retryDelays: options.retryDelays ?? true,
          tellsAll: options.onEvent !== undefined,
          clock: ahead,
        },
        operations,
      ),
    );
  }
  try {
    damage.push(...(await Promise.all(shards.map((shard) => shard.channel.call("activate")))).flat());
    for (const id of shared.promises.fulfilledWorkers((error) => damage.push(error.message))) {
      // One that cannot be read is found damaged whenever it is used.
      await workers.wake(id).catch(() => undefined);
    }
  } catch (error) {
    diskWatch[Symbol.dispose]();
    await Promise.allSettled(shards.map((shard) => shard.close()));
    throw error;
  }
  directory.opened();
  scheduler.refresh();

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= closeAll(directory, shards, scheduler, shared, diskWatch));
  const simulation = new HostSimulation({
    shards,
    workers,
    shared,
    activity,
    clock,
    patience: options.patience,
  });
  return {
    dataDir: paths.root,
    components,
    workers,
    damage,
    simulation,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function closeAll(
  directory: DataDirectory,
  shards: readonly ShardThread[],
  scheduler: Scheduler,
  shared: SharedStores,
  diskWatch: DiskWatch,
): Promise<void> {
  diskWatch[Symbol.dispose]();
  const closed = await Promise.allSettled([scheduler.close(), ...shards.map((shard) => shard.close())]);
  shared.close();
  directory.release();
  for (const result of closed) if (result.status === "rejected") throw result.reason;
}

function shardOf(shards: readonly ShardThread[], partition: number): ShardThread {
  const shard = shards[partition % shards.length];
  if (shard === undefined) throw new Error("The host has no shards yet");
  return shard;
}

async function act(workers: RoutedWorkers, action: ScheduledAction): Promise<void> {
  if (action.type === "wake") return workers.wake(action.workerId);
  try {
    await workers.invoke(action.workerId, action.invocation, action.caller);
  } catch (error) {
    // The worker refuses the call, now and for ever: there is nobody left to tell. `Unknown` is the host's own trouble.
    if (!(error instanceof GolemError) || error.detail.type === "Unknown" || isHostTrouble(error))
      throw error;
  }
}
