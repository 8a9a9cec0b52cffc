import type { Stop } from "../stop.ts";
import { eventually } from "../../eventually.ts";

export const idempotencyKey: Stop = {
  title: "golem:api/host: generateIdempotencyKey",
  shows: "A key for a request to another system: when the request is repeated, it has the same one",
  async play(guest) {
    const key = await guest.call("idempotency-key");
    guest.check("is a UUID", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(key)), true);
  },
};

export const promises: Stop = {
  title: "golem:api/host: createPromise, awaitPromise, pollPromise, completePromise, deletePromise",
  shows:
    "A worker asks, sleeps without memory, and is woken by the answer; the next answer, another worker's, it looks for",
  async play(guest, { host }) {
    const promise = await guest.call("ask");
    const waiting = guest.call("await-answer", promise);
    const asleep = eventually("the worker is suspended", async () => {
      const { status } = await host.workers.get(guest.id);
      return status === "Suspended" || undefined;
    });
    const answered = asleep.then(() =>
      host.workers.completePromise(guest.id, Number(promise), new TextEncoder().encode("42")),
    );
    const [answer] = await Promise.all([waiting, answered]);
    guest.check("the answer from outside", answer, "42");
    // Golem 1.2 wakes no worker for what another one answers, and never replays one that withdraws what it awaited.
    const looked = await guest.call("ask");
    guest.check("no answer yet", await guest.call("poll-answer", looked), undefined);
    await guest.other("oracle").call("answer", guest.name, looked, "43");
    guest.check("the oracle's answer", await guest.call("poll-answer", looked), "43");
    await guest.call("withdraw", looked);
  },
};

export const atomicRegion: Stop = {
  title: "golem:api/host: markBeginOperation, markEndOperation",
  shows: "What is in an atomic region happens wholly, or again",
  async play(guest) {
    const stock = await guest.call("atomic-region", `${guest.half}-tea`, 3);
    guest.check("the stock", stock, { shelf: 7, sold: 3 });
  },
};

export const retryPolicy: Stop = {
  title: "golem:api/host: getRetryPolicy, setRetryPolicy",
  shows: "How often, and after which delays, a failed invocation is tried again: this one fails twice",
  async play(guest) {
    guest.check("attempts", await guest.call("retry-policy", `${guest.half}-tea`, 2), 3);
  },
};

export const saga: Stop = {
  title: "sagas, on no interface of their own",
  shows: "A later step fails, and what was done before it is undone; then all goes well",
  async play(guest) {
    const product = `${guest.half}-tea`;
    guest.check("the stock", await guest.call("saga", product, 3, false), { shelf: 10, sold: 0 });
    guest.check("the stock", await guest.call("saga", product, 3, true), { shelf: 7, sold: 3 });
  },
};

export const persistenceLevel: Stop = {
  title: "golem:api/host: getOplogPersistenceLevel, setOplogPersistenceLevel",
  shows: "A part of the program that no replay repeats: the level before, within and after",
  async play(guest) {
    const levels = await guest.call("persistence-level");
    guest.check("the levels", levels, ["smart", "persist-nothing", "smart"]);
  },
};

export const idempotenceMode: Stop = {
  title: "golem:api/host: getIdempotenceMode, setIdempotenceMode",
  shows:
    "A part of the program that sends nothing twice, and fails instead: the mode before, within and after",
  async play(guest) {
    guest.check("the modes", await guest.call("idempotence-mode"), [true, false, true]);
  },
};

export const durableFunction: Stop = {
  title: "golem:durability",
  shows: "A function of one's own whose result is recorded: a replay gets the same",
  async play(guest) {
    guest.check("the result", await guest.call("durable-function", "hello"), "HELLO");
  },
};
