import type { Stop } from "./stop.ts";
import {
  atomicRegion,
  durableFunction,
  idempotenceMode,
  idempotencyKey,
  persistenceLevel,
  promises,
  retryPolicy,
  saga,
} from "./stops/durability.ts";
import { http, incomingHandler, sockets } from "./stops/network.ts";
import { commit, history, oplog, spans } from "./stops/oplog.ts";
import { callByName, calls, messages } from "./stops/remote-calls.ts";
import { blobStore, filesystem, keyValue } from "./stops/storage.ts";
import { clocks, commandLine, logging, poll, random } from "./stops/surroundings.ts";
import { fork, names, self, update, updateBySnapshot, workers } from "./stops/workers.ts";

/** All that the tour shows, in its order. */
export const stops: readonly Stop[] = [
  idempotencyKey,
  self,
  workers,
  names,
  update,
  updateBySnapshot,
  fork,
  promises,
  atomicRegion,
  retryPolicy,
  saga,
  persistenceLevel,
  idempotenceMode,
  history,
  commit,
  oplog,
  spans,
  durableFunction,
  calls,
  callByName,
  messages,
  keyValue,
  blobStore,
  commandLine,
  clocks,
  filesystem,
  http,
  incomingHandler,
  poll,
  logging,
  random,
  sockets,
];
