/** Thread body: one shard. Started by the router. */

import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";

import { HostClock } from "../ground/clock/host-clock.ts";
import { Turns } from "../engine/preemption/turns.ts";
import { InstanceFiles } from "../filesystem/instance-files.ts";
import { freeDisk } from "../storage/free-disk.ts";
import { NetworkPolicy } from "../ground/network/network-policy.ts";
import { openSharedStores } from "../storage/shared-stores.ts";
import { MemoryTotal } from "../worker/instance/memory-total.ts";
import { Channel } from "./channel.ts";
import { Departures } from "./departures.ts";
import type { RouterOperations, ShardOptions } from "./protocol.ts";
import { Shard } from "./shard.ts";
import { WorkerStore } from "./worker-store.ts";

// So many frames of a guest's stack are told when it fails.
Error.stackTraceLimit = 64;

const options = workerData as ShardOptions;
const port = parentPort;
if (port === null) throw new Error("A shard runs in a worker thread");

const clock = new HostClock(options.clock);
const files = new InstanceFiles(options.instances, options.paths.files);
const store = new WorkerStore(options, clock.now);
const shared = openSharedStores(options.paths, options.synchronous, false, undefined, options.strict);
const network = new NetworkPolicy(options.allow, options.routes, options.strict === undefined);
const limits = {
  limits: options.limits,
  minFreeDisk: options.minFreeDisk,
  freeDisk: () => freeDisk(options.freeDisk),
  maxMemory: options.maxMemory,
  memory: new MemoryTotal(options.memory, options.number),
};
const departures = options.synchronous === "full" ? new Departures(store) : undefined;
const router = new Channel<RouterOperations>(departures?.port(port) ?? port);
const shard = new Shard({
  options,
  store,
  shared,
  files,
  network,
  router,
  clock,
  limits,
  turns: new Turns(),
  departures,
});
router.serve(shard, shard.simulation);
port.on("message", (message) => router.receive(message));
// Without it a process that is killed leaves nothing of what it compiled to its successor. Nothing if there is no cache.
module.flushCompileCache();
