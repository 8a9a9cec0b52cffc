/** A part of the campaign: the test files that try it, and which promise of the design it is about. */
export interface Part {
  readonly name: string;
  readonly promise: string;
  readonly how: string;
  /** Filters of test files. */
  readonly files: readonly string[];
  /** What its measurements are to be, if it measures. */
  readonly aims?: string;
}

/** In the order in which they run: what takes long comes last. */
export const parts: readonly Part[] = [
  {
    name: "damage",
    promise: "An invocation whose result or acceptance was reported survives",
    how: "oplog files and write-ahead logs are cut and emptied, random bits of all files are flipped, of closed and of killed hosts; the disk is full under load, and free again",
    files: [
      "packages/campaign/test/bit-flips",
      "packages/campaign/test/disk-full",
      "packages/host/test/storage",
      "packages/host/test/process",
      "packages/host/test/durability/left-behind",
    ],
  },
  {
    name: "functions",
    promise: "A worker rebuilt from its oplog is the same as one that was never stopped",
    how: "every exported function of every component, its workers crashed after oplog entries (in full: after every one), once and twice, with and without what was not committed",
    files: [
      "packages/campaign/test/every-function",
      "packages/campaign/test/every-tour-function",
      "components/tour/test/crash",
    ],
  },
  {
    name: "programs",
    promise: "A worker rebuilt from its oplog is the same as one that was never stopped",
    how: "random lists of host calls, crashed at random entries, on one shard and on four: same answers, same oplog up to hints",
    files: ["packages/campaign/test/programs"],
  },
  {
    name: "divergence",
    promise: "Divergence on replay is an error that names the index, the expected and the found call",
    how: "components that do something else than is recorded",
    files: ["packages/host/test/durability/divergence"],
  },
  {
    name: "guests",
    promise: "A guest reaches only what it was given, and takes only what it may",
    how: "endless loops and recursion, all memory, lines without end, guessed handles, paths and links that lead out of its files, the environment, addresses that the policy forbids, uploads that are no components or too large",
    files: [
      "packages/host/test/hostile",
      "packages/host/test/filesystem/containment",
      "packages/host/test/network",
      "packages/host/test/http/forbidden",
      "packages/host/test/sockets/forbidden",
      "packages/host/test/foreign/links",
    ],
  },
  {
    name: "clients",
    promise: "No client brings the server down, or keeps what it took",
    how: "random paths, queries, JSON and forms, foreign origins and hosts, more connections and bytes than are accepted",
    files: [
      "packages/host/test/rest/hostile-requests",
      "packages/host/test/rest/request-guard",
      "packages/host/test/rest/connection-limit",
    ],
  },
  {
    name: "connections",
    promise: "No client brings the server down, or keeps what it took",
    how: "WebSocket frames that nobody may send, clients that never finish or vanish; the sockets that they leave are counted",
    files: ["packages/host/test/rest/hostile-connections"],
  },
  {
    name: "end",
    promise: "`close()` ends every thread, timer and socket; the process exits by itself",
    how: "processes that are closed while workers run and sleep",
    files: ["packages/host/test/process/exit"],
  },
  {
    name: "conformance",
    promise: "The same idempotency key never runs twice; contracts are Golem's",
    how: "five contracts through REST alone, each promise on workers of its own",
    files: ["packages/campaign/test/conformance"],
  },
  {
    name: "load",
    promise: "An invocation whose result or acceptance was reported survives",
    how: "50 clients, and many times more workers than may be in memory: all are evicted and come back",
    files: ["packages/campaign/test/load"],
  },
  {
    name: "power",
    promise: "What was acknowledged survives loss of power, with `--sync full`",
    how: "strace records what a server under load writes and flushes; its directory is made as the disk could have it after any of these calls (nothing of what was not flushed, or any 4 KiB pages and first changes of folders of it), a host is started on that, every answer is looked for, and the rest is sent again",
    files: ["packages/campaign/test/power"],
  },
  {
    name: "neighbours",
    promise: "A guest stops no other one, whatever it does, nor whoever asks for it",
    how: "1,000 workers called at a steady rate (10 a second; nearly each is brought back into memory) beside 1, 4 and 20 guests that never yield, of each kind; the guests are interrupted, reverted and deleted while they run; a long computation among others",
    files: ["packages/campaign/test/neighbours", "packages/campaign/test/long-computation"],
    aims: "99 of 100 calls answered within 250 ms, `/healthcheck` and the metadata of any worker always within 100 ms",
  },
  {
    name: "moves",
    promise:
      "A worker that is moved to other code goes on with its state, and one whose past does not fit it stays as it is",
    how: "a server moves all its workers from version to version without end, to such that fit and to one that does not, is called meanwhile (calls between workers, key-value, blobs, files, promises, schedules) and killed with SIGKILL; all is sent again, and looked for",
    files: ["packages/campaign/test/moves", "packages/campaign/test/save-times"],
    aims: "the host's part of the time from a save to the first answer of the worker that is asked at once, beside the 0.2 s that a build takes: 0.3 s in the median and 0.7 s in 95 of 100, and a second more with 10,000 entries each",
  },
  {
    name: "saves",
    promise:
      "A save moves all workers to the new code with their state, and what cannot be built changes nothing",
    how: "`golem-kit dev` in a process of its own on a copy of the shop, whose orders are called all the time; good saves and broken ones, of TypeScript, WIT, the manifest, a package and the SDK; every call is looked for, and the process's handles, threads and memory are compared",
    files: ["packages/campaign/test/saves"],
    aims: "from a save to the first answer of its code: 0.5 s in the median and 1 s in 95 of 100",
  },
  {
    name: "shop-kill",
    promise: "What was acknowledged survives `kill -9`, and the same idempotency key never runs twice",
    how: "the shop's server is killed after 1, 10 and 30 answers; all calls are sent again",
    files: ["packages/cli/test/kill"],
  },
  {
    name: "kill",
    promise: "What was acknowledged survives `kill -9`, and the same idempotency key never runs twice",
    how: "a server is killed with SIGKILL under load (calls between workers, key-value, blobs, files, promises, schedules); all is sent again, and looked for",
    files: ["packages/campaign/test/kill"],
  },
];
