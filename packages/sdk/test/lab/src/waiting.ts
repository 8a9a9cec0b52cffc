import { sleep } from "@golem-kit/sdk/clock";
import { openBucket } from "@golem-kit/sdk/keyvalue";
import { call, schedule as scheduleCall } from "@golem-kit/sdk/rpc";
import { snapshots } from "@golem-kit/sdk/snapshot";
import { self } from "@golem-kit/sdk/worker";

import { Api } from "sdk:lab-client/lab-client";

const arrivals = openBucket<true>("arrivals");
const reminders: string[] = [];

export async function meet(me: string, other: string): Promise<string> {
  await arrivals.set(me, true);
  while (!(await arrivals.has(other))) await sleep("5 ms");
  return me;
}

export async function rendezvous(): Promise<string[]> {
  const { workerName } = self();
  const [ann, bob] = [`${workerName}-ann`, `${workerName}-bob`] as const;
  const send = async (me: string, other: string): Promise<string> => {
    using worker = new Api(me);
    return await call(worker.meet(me, other));
  };
  const later = async (): Promise<string> => {
    for (let hop = 0; hop < 10; hop += 1) await Promise.resolve();
    return send(bob, ann);
  };
  return Promise.all([send(ann, bob), later()]);
}

export async function dawdle(): Promise<string> {
  await sleep("1 h");
  return "dawdled";
}

export async function race(): Promise<string> {
  using worker = new Api(`${self().workerName}-dawdler`);
  return await Promise.race([call(worker.dawdle()), sleep("5 ms").then(() => "slept")]);
}

export async function naps(): Promise<string[]> {
  const ends: string[] = [];
  const nap = async (name: string, milliseconds: number): Promise<void> => {
    await sleep({ milliseconds });
    ends.push(name);
  };
  await Promise.all([nap("long", 7_200_000), nap("none", 0), nap("short", 3_600_000)]);
  return ends;
}

export function remind(text: string): void {
  reminders.push(text);
}

export function reminded(): string[] {
  return reminders;
}

export function schedule(worker: string): void {
  using target = new Api(worker);
  using calls = new DisposableStack();
  const first = calls.use(scheduleCall("1 h", (at) => target.scheduleRemind("cancelled", at)));
  calls.use(scheduleCall(Date.now() + 3_600_000, (at) => target.scheduleRemind("sent", at)));
  first.cancel();
  first.cancel();
}

/** A new version takes over what it was reminded of, unless that cannot be taken over. */
export const { saveSnapshot, loadSnapshot } = snapshots<string[]>({
  save: async () => {
    await Promise.resolve();
    return reminders;
  },
  load(saved) {
    if (saved.includes("not to be loaded")) throw new Error("There is a reminder that cannot be loaded");
    reminders.push(...saved, `loaded ${saved.length}`);
  },
});
