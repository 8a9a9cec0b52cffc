import type { WitWorld } from "@golem-kit/wit";

import type { FunctionLookup } from "./function-lookup.ts";
import type { DynamicLinking } from "../ground/api/components.ts";
import { withoutVersion } from "../ground/wit/interface-name.ts";
import type { RecordedTypes } from "../oplog/entry.ts";
import { clientFunctions } from "./rpc/client-interface.ts";
import { context } from "./golem/context.ts";
import { durability } from "./golem/durability.ts";
import { host } from "./golem/host.ts";
import { oplog } from "./golem/oplog.ts";
import { mysql, postgres } from "./golem/rdbms.ts";
import { rpcTypes } from "./golem/rpc-types.ts";
import type { HostFunction, HostInterface } from "./host-interface.ts";
import type { HostContext } from "./ports.ts";
import { unsatisfiedImport } from "./unsatisfied-import.ts";
import { blobstore, container } from "./wasi/blobstore.ts";
import { blobstoreTypes } from "./wasi/blobstore-types.ts";
import {
  environment,
  exit,
  stderr,
  stdin,
  stdout,
  terminalInput,
  terminalOutput,
  terminalStderr,
  terminalStdin,
  terminalStdout,
} from "./wasi/cli.ts";
import { monotonicClock, wallClock } from "./wasi/clocks.ts";
import { preopens } from "./wasi/filesystem.ts";
import { filesystemTypes } from "./wasi/filesystem-types.ts";
import { outgoingHandler } from "./wasi/http/outgoing-handler.ts";
import { httpTypes } from "./wasi/http/types.ts";
import { error, streams } from "./wasi/io.ts";
import {
  atomic,
  cache,
  eventual,
  eventualBatch,
  keyValueError,
  types as keyValueTypes,
} from "./wasi/keyvalue.ts";
import { logging } from "./wasi/logging.ts";
import { poll } from "./wasi/poll.ts";
import { insecure, insecureSeed, random } from "./wasi/random.ts";
import { ipNameLookup } from "./wasi/sockets/ip-name-lookup.ts";
import { instanceNetwork, network } from "./wasi/sockets/network.ts";
import { tcp, tcpCreateSocket } from "./wasi/sockets/tcp.ts";
import { udp, udpCreateSocket } from "./wasi/sockets/udp.ts";

/** Every interface that this host offers. */
export const HOST_INTERFACES: readonly HostInterface<HostContext>[] = [
  host,
  oplog,
  durability,
  context,
  rpcTypes,
  mysql,
  postgres,
  blobstore,
  container,
  blobstoreTypes,
  environment,
  exit,
  stdin,
  stdout,
  stderr,
  terminalInput,
  terminalOutput,
  terminalStdin,
  terminalStdout,
  terminalStderr,
  monotonicClock,
  wallClock,
  preopens,
  filesystemTypes,
  error,
  poll,
  streams,
  httpTypes,
  outgoingHandler,
  keyValueTypes,
  eventual,
  eventualBatch,
  atomic,
  cache,
  keyValueError,
  logging,
  random,
  insecure,
  insecureSeed,
  instanceNetwork,
  network,
  ipNameLookup,
  tcpCreateSocket,
  tcp,
  udpCreateSocket,
  udp,
];

const BY_NAME: ReadonlyMap<string, HostInterface<HostContext>> = new Map(
  HOST_INTERFACES.map((each) => [each.name, each]),
);

/** Finds what implements a component's imports: the host's tables, or RPC for those that the dynamic linking names. */
export function hostFunctionLookup(world: WitWorld, linking: DynamicLinking): FunctionLookup {
  const clients = new Map<string, Map<string, HostFunction<HostContext>>>();
  for (const [id, item] of world.imports) {
    const link = linking[id];
    if (item.kind === "interface" && link !== undefined)
      clients.set(id, clientFunctions(item.interface, link));
  }
  return (interfaceId, functionName) => {
    const client = clients.get(interfaceId);
    if (client !== undefined) return client.get(functionName);
    return BY_NAME.get(withoutVersion(interfaceId))?.functions[functionName];
  };
}

/** Why nothing can be made of a component here; `undefined` if all that it imports is there. */
export function linkProblem(
  world: WitWorld,
  linking: DynamicLinking,
  lookup: FunctionLookup,
): string | undefined {
  return unsatisfiedImport(world, lookup, (id) => id in linking || BY_NAME.has(withoutVersion(id)));
}

/** The imports whose calls may suspend the guest, as `interface#function`. */
export function waitingImports(world: WitWorld, lookup: FunctionLookup): string[] {
  const names: string[] = [];
  for (const item of world.imports.values()) {
    if (item.kind !== "interface") continue;
    const { id, functions } = item.interface;
    for (const name of functions.keys()) {
      if (lookup(id, name)?.waits === true) names.push(`${withoutVersion(id)}#${name}`);
    }
  }
  return names;
}

const RECORDED_TYPES: ReadonlyMap<string, RecordedTypes> = new Map(
  HOST_INTERFACES.flatMap((each) => Object.values(each.functions).concat(each.inner ?? [])).flatMap((fn) =>
    fn.durability === "none" ? [] : [[fn.recordedName, fn.types] as const],
  ),
);

/** Types of what a host function records, by the name it is recorded under. */
export function recordedTypes(recordedName: string): RecordedTypes | undefined {
  return RECORDED_TYPES.get(recordedName);
}
