import type { Implementation, StandardSchema } from "@golem-kit/sdk";
import { sleep } from "@golem-kit/sdk/clock";
import { atomically } from "@golem-kit/sdk/durability";
import { createPromise, openPromise } from "@golem-kit/sdk/promise";

import type * as Exports from "sdk:lab-exports/promises";
import { Promises } from "sdk:lab-client/lab-client";

import { codeOf } from "./code-of.ts";
import { note } from "./ledger.ts";

const strings: StandardSchema<string[]> = {
  "~standard": {
    version: 1,
    vendor: "lab",
    validate: (value) =>
      Array.isArray(value) && value.every((each) => typeof each === "string")
        ? { value }
        : { issues: [{ message: "not a list of strings" }] },
  },
};

async function ask(other: string): Promise<string[]> {
  const promise = createPromise({ schema: strings });
  using worker = new Promises(other);
  worker.answer(promise.id, ["asked", "answered"]);
  return await promise.await();
}

async function wait(id: string, milliseconds: number): Promise<string[]> {
  const events: string[] = [];
  const waiting = openPromise(id, { schema: strings })
    .wait({ timeout: { milliseconds }, noticeWithin: "50 ms" })
    .then(
      (value) => events.push(...value),
      async (error: unknown) =>
        events.push(
          await codeOf(() => {
            throw error;
          }),
        ),
    );
  const beside = async (): Promise<void> => {
    await sleep("20 ms");
    await note("promise", "slept");
    events.push("slept");
  };
  await Promise.all([waiting, beside()]);
  return events;
}

async function lifecycle(): Promise<string[]> {
  const promise = createPromise<{ readonly n: number }>();
  const before = await promise.poll();
  const same = openPromise<{ readonly n: number }>(promise.id);
  const first = await same.complete({ n: 1 });
  const second = await same.complete({ n: 2 });
  const after = await promise.poll();
  const waited = await promise.wait({ timeout: "1 h" });
  const awaited = await promise.await();
  promise.delete();
  return [before, first, second, after, waited, awaited, same.id === promise.id].map((each) =>
    each === undefined ? "undefined" : JSON.stringify(each),
  );
}

/** A promise without a value; and one that is given up, in the time of a sleep, not of its next look. */
async function bare(): Promise<string[]> {
  const bare = createPromise<void>();
  await bare.complete();
  const values = [await bare.await(), await bare.wait(), await bare.poll()];
  const waiting = createPromise();
  const signal = AbortSignal.timeout(5);
  const waited = await waiting
    .wait({ noticeWithin: "1 h", signal })
    .catch((error: unknown) => error === signal.reason);
  const again = await waiting.wait({ signal }).catch((error: unknown) => error === signal.reason);
  return [...values, waited, again].map(String);
}

async function misusedPromises(): Promise<string[]> {
  const foreign = "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/another/7";
  const before = createPromise<string>();
  await before.complete("made before");
  return [
    await codeOf(() => openPromise("no id")),
    await codeOf(() => openPromise(foreign.replace("7", "99999999999999999999"))),
    await codeOf(() => openPromise(foreign).await()),
    await codeOf(() => createPromise({ schema: strings }).complete([1] as unknown as string[])),
    await codeOf(() => createPromise<() => void>().complete(() => {})),
    await codeOf(() => createPromise().wait({ timeout: "20 ms" })),
    await codeOf(() => atomically(() => codeOf(() => before.await()))),
    await atomically(() => codeOf(() => createPromise().await())),
    await atomically(() => codeOf(() => openPromise(createPromise().id).wait())),
  ];
}

export const promises: Implementation<typeof Exports> = {
  ask,
  answer: (id, value) => openPromise(id, { schema: strings }).complete(value),
  make: () => createPromise().id,
  await: (id) => openPromise(id, { schema: strings }).await(),
  wait,
  lifecycle,
  bare,
  misusedPromises,
};
