import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNamed, deploy } from "@golem-kit/deployment";
import type { WorkerId } from "@golem-kit/host";
import { expect, onTestFinished, test } from "vitest";
import { GolemClient } from "../src/rest/golem-client.ts";
import { startServer } from "../src/server-process.ts";
import { applicationRoot } from "./golem-kit.ts";

const workers = ["a", "b", "c"];
const linesPerWorker = 20;
const line = { sku: "tea", quantity: 1, price: 450 };

/** One call that adds a line, by its idempotency key; the answer says how many lines there were then. */
interface Call {
  readonly key: string;
  readonly worker: WorkerId;
}

async function send(url: string, { key, worker }: Call): Promise<unknown> {
  const invocation = { function: "shop:orders-exports/api.{add-line}", params: [line], idempotencyKey: key };
  const { value } = await new GolemClient(url).invokeAndAwait(worker, invocation);
  return value[0];
}

test.for([1, 10, 30])(
  "a server killed after %i acknowledged calls loses none, and runs none twice",
  // Two servers start, one of them after the other was killed.
  { timeout: 120_000 },
  async (callsBeforeTheKill) => {
    const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-kill-"));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const directories = { dataDir, cacheDir: join(applicationRoot, ".golem", "cache") };
    const [built] = await buildNamed(["shop:orders"]);
    if (built === undefined) throw new Error("shop:orders was not built");

    await using doomed = await startServer(directories);
    const { component } = await deploy(new GolemClient(doomed.url), built);
    const { componentId } = component.versionedComponentId;
    const calls = workers.flatMap((workerName) =>
      Array.from({ length: linesPerWorker }, (_, index): Call => ({
        key: `${workerName}-${index}`,
        worker: { componentId, workerName },
      })),
    );
    const acknowledged = new Map<Call, unknown>();
    await Promise.allSettled(
      calls.map(async (call) => {
        acknowledged.set(call, await send(doomed.url, call));
        if (acknowledged.size === callsBeforeTheKill) await doomed.end("SIGKILL");
      }),
    );

    await using restarted = await startServer(directories);
    const repeated = new Map<Call, unknown>();
    await Promise.all(calls.map(async (call) => void repeated.set(call, await send(restarted.url, call))));

    expect(acknowledged.size).toBeGreaterThanOrEqual(callsBeforeTheKill);
    for (const [call, answer] of acknowledged) expect(repeated.get(call)).toEqual(answer);
    for (const workerName of workers) {
      const counts = calls
        .filter((call) => call.worker.workerName === workerName)
        .map((call) => repeated.get(call));
      expect(counts.map((answer) => (answer as { ok: number }).ok).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: linesPerWorker }, (_, index) => index + 1),
      );
    }
  },
);
