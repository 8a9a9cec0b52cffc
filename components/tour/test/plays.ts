import type { OutsideWorld } from "@golem-kit/cli";
import { expect } from "vitest";
import type { Guest } from "./halves.ts";

/** What a function is called with, and what of its answer is the same for every worker. */
export type Play = (guest: Guest, world: World) => Promise<unknown>;

/** What a function meets besides its own worker. */
export interface World {
  readonly neighbours: OutsideWorld;
  /** Another worker, which does not crash. */
  readonly other: Guest;
  readonly newVersion: () => Promise<bigint>;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** What every function of both halves is tried with, by its name. */
export const plays: Readonly<Record<string, Play>> = {
  "idempotency-key": async ({ call }) => isText(await call("idempotency-key")),
  self: async ({ call, name }) => ((await call("self")) as { readonly name: string }).name === name,
  metadata: ({ call }) => call("metadata", "nobody"),
  workers: async ({ call, name }) => {
    const found = (await call("workers", name)) as readonly string[];
    return found.length;
  },
  resolve: ({ call }) => call("resolve", "kit:tour", "nobody"),
  update: (guest, world) => update("update", guest, world),
  "update-by-snapshot": (guest, world) => update("update-by-snapshot", guest, world),
  fork: async ({ call, name }, { other }) => {
    await other.worker.invoke("note", "before");
    const { length } = await other.worker.oplog();
    return call("fork", other.name, `${name}-twin`, BigInt(length));
  },
  revert: async ({ call }, { other }) => {
    for (const text of ["first", "second", "third"]) await other.worker.invoke("note", text);
    return call("revert", other.name, 1n);
  },
  ask: async ({ call }) => ((await call("ask")) as bigint) > 0n,
  "await-answer": async ({ call, name }, { other }) => {
    const promise = await call("ask");
    await other.call("answer", name, promise, "yes");
    return call("await-answer", promise);
  },
  "poll-answer": async ({ call }) => call("poll-answer", await call("ask")),
  answer: async ({ call }, { other }) => call("answer", other.name, await other.call("ask"), "yes"),
  withdraw: async ({ call }) => call("withdraw", await call("ask")),
  "atomic-region": ({ call, name }) => call("atomic-region", name, 3),
  // A crash in the region is one attempt more.
  "retry-policy": async ({ call, name }) => ((await call("retry-policy", name, 2)) as number) >= 3,
  saga: ({ call, name }) => call("saga", name, 3, false),
  "persistence-level": ({ call }) => call("persistence-level"),
  "idempotence-mode": ({ call }) => call("idempotence-mode"),
  "go-back": async ({ call, name }) => ((await call("go-back", name, 3)) as number) >= 3,
  commit: ({ call }) => call("commit"),
  oplog: async ({ call }, { other }) => {
    await other.call("commit");
    return call("oplog", other.name);
  },
  "search-oplog": async ({ call }, { other }) => {
    await other.call("log", "a needle");
    return call("search-oplog", other.name, "needle");
  },
  spans: ({ call }) => call("spans"),
  "durable-function": ({ call }) => call("durable-function", "hello"),
  "call-and-wait": ({ call, name }) => call("call-and-wait", name),
  "call-by-name": ({ call, name }) => call("call-by-name", name),
  "call-many": ({ call, name }) => call("call-many", [`${name}-a`, `${name}-b`, `${name}-c`]),
  trigger: ({ call, name }) => call("trigger", name, "hello"),
  schedule: ({ call, name }) => call("schedule", name, "now", "never"),
  "key-value": ({ call, name }) => call("key-value", name, "Green tea"),
  "key-values": ({ call, name }) => call("key-values", name, ["tea", "mug", "cup"]),
  "blob-store": ({ call, name }) => call("blob-store", name, "letter", "Dear Ada"),
  environment: ({ call }) => call("environment"),
  print: ({ call }) => call("print", "hello"),
  log: ({ call }) => call("log", "hello"),
  time: async ({ call }) => ((await call("time")) as bigint) > 0n,
  sleep: async ({ call }) => ((await call("sleep", 5)) as number) >= 5,
  filesystem: ({ call }) => call("filesystem", "letters", "ada.txt", "Dear Ada"),
  poll: ({ call }) => call("poll"),
  random: ({ call }) => call("random", 16),
  http: ({ call }, { neighbours }) => call("http", neighbours.httpAuthority, "/letters", "Dear Ada"),
  tcp: ({ call }, { neighbours }) => call("tcp", neighbours.tcpPort, "hello"),
  udp: ({ call }, { neighbours }) => call("udp", neighbours.udpPort, "hello"),
  lookup: ({ call }) => call("lookup", "localhost"),
};

/** A worker of the version before asks for the update of another one, which is a worker of it, too. */
async function update(by: string, { call }: Guest, { other, newVersion }: World): Promise<unknown> {
  await other.worker.invoke("note", "from the old version");
  const version = await newVersion();
  await call(by, other.name, version);
  await expect.poll(async () => (await other.worker.metadata()).componentVersion).toBe(Number(version));
  return other.worker.invoke("notes");
}
