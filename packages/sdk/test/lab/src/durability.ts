import type { Implementation, StandardSchema } from "@golem-kit/sdk";
import {
  atomically,
  beginAtomically,
  durable,
  idempotenceMode,
  persistenceLevel,
  retryPolicy,
  setIdempotenceMode,
  setPersistenceLevel,
  setRetryPolicy,
  useIdempotenceMode,
  usePersistenceLevel,
  useRetryPolicy,
  withIdempotenceMode,
  withPersistenceLevel,
  withRetryPolicy,
  type DurableStepType,
} from "@golem-kit/sdk/durability";
import { self } from "@golem-kit/sdk/worker";
import { getWorkerMetadata, resolveWorkerId } from "golem:api/host@1.1.6";

import type * as Exports from "sdk:lab-exports/durability";

import { codeOf } from "./code-of.ts";
import { note, noted, notedBy } from "./ledger.ts";

function settings(): string {
  const { maxAttempts, maxDelay } = retryPolicy();
  return `${maxAttempts} ${maxDelay.milliseconds} ${idempotenceMode()} ${persistenceLevel()}`;
}

async function scopes(): Promise<string[]> {
  const seen = [settings()];
  await withRetryPolicy({ maxAttempts: 7, maxDelay: "5 s" }, async () => {
    await Promise.resolve();
    await withIdempotenceMode(false, () => withRetryPolicy({ maxAttempts: 8 }, () => seen.push(settings())));
    seen.push(settings());
  });
  seen.push(settings());

  const failing = withPersistenceLevel("persist-remote-side-effects", async () => {
    seen.push(settings());
    await Promise.resolve();
    throw new Error("left by an exception");
  });
  await failing.catch(() => seen.push(settings()));

  const first = useRetryPolicy({ maxAttempts: 11 });
  const second = useRetryPolicy({ maxAttempts: 12 });
  first[Symbol.dispose]();
  seen.push(settings());
  second[Symbol.dispose]();
  second[Symbol.dispose]();
  seen.push(settings());

  {
    using _mode = useIdempotenceMode(false);
    using _level = usePersistenceLevel("persist-remote-side-effects");
    seen.push(settings());
  }
  setRetryPolicy({ maxAttempts: 4 });
  setIdempotenceMode(false);
  setPersistenceLevel("persist-remote-side-effects");
  seen.push(settings());
  return seen;
}

async function misuses(): Promise<string[]> {
  const begun = Promise.resolve("begun") as unknown as () => Promise<string>;
  const codes = [
    await codeOf(() => atomically(begun)),
    await codeOf(() => withRetryPolicy({}, begun)),
    await codeOf(() => durable("begun", null, begun)),
    await codeOf(() => durable("", null, () => 1)),
    await codeOf(() =>
      durable(
        "circle",
        () => 1,
        () => 1,
      ),
    ),
    await codeOf(() => withIdempotenceMode(true, () => setIdempotenceMode(false))),
    await codeOf(() => setRetryPolicy({ maxAttempts: -1 })),
    await codeOf(() => setRetryPolicy({ multiplier: Number.NaN })),
    await codeOf(() => setRetryPolicy({ maxJitterFactor: 2 })),
    await codeOf(() => setRetryPolicy({ minDelay: "soon" })),
  ];
  using first = beginAtomically();
  using second = beginAtomically();
  first.commit();
  second.commit();
  codes.push(await codeOf(() => first.commit()));
  return codes;
}

async function attemptsAfterScope(): Promise<number> {
  await withRetryPolicy({ maxAttempts: 9 }, () => note("scope", "in"));
  await note("scope", "after");
  return retryPolicy().maxAttempts;
}

async function interleavedRegions(): Promise<string> {
  const first = beginAtomically();
  const second = beginAtomically();
  await note("interleaved", "first");
  first.commit();
  try {
    await atomically(async () => {
      await note("interleaved", "second");
      if ((await noted("interleaved")).length < 4) throw new Error("not yet");
    });
  } finally {
    await note("interleaved", "finally");
  }
  second.commit();
  return "done";
}

async function hopelessRegion(): Promise<string> {
  try {
    return await atomically(async () => {
      await note("hopeless", "tried");
      throw new RangeError("there is no hope");
    });
  } catch {
    return "caught";
  }
}

async function steps(): Promise<string[]> {
  const step = (name: string): Promise<string> =>
    durable(name, { of: name }, async () => {
      await note(name, "one");
      await note(name, "two");
      return `${name} ${(await noted(name)).length}`;
    });
  const outer = durable("outer", null, async () => `outer of ${await step("inner")}`);
  return Promise.all([step("left"), step("right"), outer]);
}

function exists(workerName: string): boolean {
  const id = resolveWorkerId("sdk:lab", workerName);
  return id !== undefined && getWorkerMetadata(id) !== undefined;
}

function countWorkers(prefix: string): Promise<number> {
  return durable("count workers", prefix, () => [1, 2].filter((at) => exists(`${prefix}-${at}`)).length);
}

function fickleStep(worker: string, part: string): Promise<string> {
  const found = exists(worker) ? "found" : "missing";
  return part === "name"
    ? durable(`step ${found}`, null, () => "done")
    : durable("step", { input: found }, () => "done");
}

function typedStep(type: string, idempotent: boolean): Promise<string> {
  const write = async (): Promise<string> => {
    await note("typed", "one");
    await note("typed", "two");
    return "whole";
  };
  return withIdempotenceMode(idempotent, () =>
    durable("typed", { type }, write, { type: type as DurableStepType, commit: true }),
  );
}

const dateSchema: StandardSchema<string, Date> = {
  "~standard": {
    version: 1,
    vendor: "lab",
    validate: (value) => {
      const date = new Date(String(value));
      return Number.isNaN(date.getTime()) ? { issues: [{ message: "no date" }] } : { value: date };
    },
  },
};

/** Makes objects that are soon forgotten. */
function waste(count: number): number {
  let kept: unknown[] = [];
  for (let n = 0; n < count; n += 1) {
    if (n % 1_000 === 0) kept = [];
    kept.push({ n, text: `number ${n}` });
  }
  return kept.length;
}

async function wastefulStep(): Promise<number> {
  let total = await durable("waste", null, () => waste(50_000));
  for (let n = 0; n < 10; n += 1) {
    total += waste(5_000);
    await note("wasteful", String(n));
  }
  return total;
}

async function caughtSteps(): Promise<string[]> {
  const thrown = durable("thrown", self().workerName, async () => {
    await note("thrown", "once");
    throw new Error("as it is");
  });
  const message = await thrown.catch((error: unknown) => (error as Error).message);
  const date = await durable("dated", null, () => "2026-01-02T03:04:05Z", { schema: dateSchema });
  const refused = await codeOf(() => durable("undated", null, () => "never", { schema: dateSchema }));
  const nothing: void = await durable("nothing", null, () => note("nothing", "done"));
  return [message, date.toISOString(), refused, String(nothing)];
}

export const durability: Implementation<typeof Exports> = {
  scopes,
  misuses,
  attemptsAfterScope,
  interleavedRegions,
  hopelessRegion,
  done: noted,
  ledgerOf: notedBy,
  steps,
  countWorkers,
  fickleStep,
  typedStep,
  caughtSteps,
  wastefulStep,
};
