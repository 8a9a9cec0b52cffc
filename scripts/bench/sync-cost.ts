import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildComponents, loadApplication } from "@golem-kit/build";
import { GolemClient, startServer } from "@golem-kit/cli";
import { deploy } from "@golem-kit/deployment";

/** How a server is called, and how often each of its clients calls it in one round. */
interface Subject {
  readonly sync: "full" | "normal";
  readonly clients: number;
  readonly calls: number;
}

const SUBJECTS: readonly Subject[] = [
  { sync: "normal", clients: 1, calls: 400 },
  { sync: "full", clients: 1, calls: 400 },
  { sync: "normal", clients: 50, calls: 40 },
  { sync: "full", clients: 50, calls: 40 },
];

const ROUNDS = 5;
const ROOT = join(import.meta.dirname, "../..");

/**
 * Calls a second over REST, and flushes to the disk a call, of a server that survives loss of power and one that does not.
 * Flushes are counted by strace, in a run of its own; without it they are left out.
 */
export async function syncCost(): Promise<string[]> {
  const speeds = new Map<Subject, number[]>(SUBJECTS.map((subject) => [subject, []]));
  // In turns, so that whatever else the machine does strikes all of them.
  for (let round = 0; round < ROUNDS; round += 1)
    for (const subject of SUBJECTS) speeds.get(subject)?.push(await callsPerSecond(subject));
  const lines: string[] = [];
  for (const subject of SUBJECTS) {
    const { sync, clients } = subject;
    const what = `golem-kit serve --sync ${sync}, ${clients} client${clients === 1 ? "" : "s"}`;
    const speed = Math.round(median(speeds.get(subject) ?? []));
    const flushes = await flushesPerCall(subject);
    lines.push(
      `${what.padEnd(46)}${`${speed} calls/s`.padStart(14)}   ${flushes === undefined ? "? (no strace)" : flushes.toFixed(2)} flushes a call`,
    );
  }
  return lines;
}

async function callsPerSecond(subject: Subject): Promise<number> {
  const milliseconds = await onServer(subject, [], async (call) => {
    const start = performance.now();
    await callAll(subject, call);
    return performance.now() - start;
  });
  return (subject.clients * subject.calls * 1_000) / milliseconds;
}

async function flushesPerCall(subject: Subject): Promise<number | undefined> {
  if (spawnSync("strace", ["-V"]).status !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "golem-kit-bench-"));
  const file = join(folder, "flushes");
  // With -D the server is the process that is started, and can be ended.
  const strace = [
    "strace",
    "-D",
    "-f",
    "--seccomp-bpf",
    "-qq",
    "-e",
    "trace=fsync,fdatasync",
    "-e",
    "signal=none",
    "-o",
    file,
  ];
  const count = async (): Promise<number> =>
    (await readFile(file, "utf8")).match(/\b(fsync|fdatasync)\(/g)?.length ?? 0;
  try {
    return await onServer(subject, strace, async (call) => {
      const before = await count();
      await callAll(subject, call);
      return ((await count()) - before) / (subject.clients * subject.calls);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Call = (client: number) => Promise<void>;

/** Each client has a worker of its own, which is there before anything is measured. */
async function onServer<T>(
  { sync, clients }: Subject,
  launcher: readonly string[],
  measure: (call: Call) => Promise<T>,
): Promise<T> {
  await using resources = new AsyncDisposableStack();
  const dataDir = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-bench-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const directories = { dataDir, cacheDir: join(ROOT, ".golem", "cache") };
  const server = resources.use(await startServer(directories, ["--sync", sync], launcher));
  const cart = (await buildComponents(await loadApplication(ROOT))).find(({ name }) => name === "shop:cart");
  if (cart === undefined) throw new Error("The shop is not complete");
  const { component } = await deploy(new GolemClient(server.url), cart);
  const agent = resources.adopt(new Agent({ keepAlive: true }), (each) => each.destroy());
  const workers = `${server.url}/v1/components/${component.versionedComponentId.componentId}/workers`;
  const items = encodeURIComponent("shop:cart-exports/api.{items}");
  const call: Call = (client) =>
    post(agent, `${workers}/client-${client}/invoke-and-await?function=${items}`);
  for (let client = 0; client < clients; client += 1) await call(client);
  return await measure(call);
}

async function callAll({ clients, calls }: Subject, call: Call): Promise<void> {
  const lane = async (client: number): Promise<void> => {
    for (let at = 0; at < calls; at += 1) await call(client);
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => lane(client)));
}

function post(agent: Agent, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    });
    sent.once("error", reject);
    sent.end('{"params":[]}');
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
