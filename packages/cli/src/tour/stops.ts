import type { Stop } from "./stop.ts";
import {
  atomicRegion,
  durableFunction,
  idempotenceMode,
  idempotencyKey,
  persistenceLevel,
  promises,
  retryPolicy,
} from "./stops/durability.ts";
import { http, sockets } from "./stops/network.ts";
import { commit, history, oplog, spans } from "./stops/oplog.ts";
import { calls, messages } from "./stops/remote-calls.ts";
import { blobStore, filesystem, keyValue } from "./stops/storage.ts";
import { clocks, commandLine, logging, poll, random } from "./stops/surroundings.ts";
import { fork, names, self, update, workers } from "./stops/workers.ts";

/** All that the tour shows, in its order. */
export const stops: readonly Stop[] = [
  idempotencyKey,
  self,
  workers,
  names,
  update,
  fork,
  promises,
  atomicRegion,
  retryPolicy,
  persistenceLevel,
  idempotenceMode,
  history,
  commit,
  oplog,
  spans,
  durableFunction,
  calls,
  messages,
  keyValue,
  blobStore,
  commandLine,
  clocks,
  filesystem,
  http,
  poll,
  logging,
  random,
  sockets,
];
