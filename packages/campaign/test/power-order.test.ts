import { expect, test } from "vitest";
import type { Step } from "../src/program-server.ts";
import type { TimedEvent } from "../src/power/disk-event.ts";
import { canTrace, traceServer } from "../src/power/traced-server.ts";

const OPLOG = /^\/oplog-\d\.sqlite-wal$/;
const EFFECT = /^\/shared\.sqlite-wal$|^\/blobs\/./;

/** Each is made by a worker that has just recorded something. */
const EFFECTS: readonly Step[] = [
  ["kv.set", "b", "k", "v"],
  ["blob.write-many", "c", "n", "text", 3],
  ["rpc.schedule", "later", [], 600_000],
  ["promise.complete", "p", "done"],
  ["promise.delete", "p"],
];

/** What was begun while oplogs had something that was not flushed. */
function early(events: readonly TimedEvent[]): { readonly early: string[]; readonly seen: Set<string> } {
  const unflushed = new Set<string>();
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { event } of events) {
    const path = "path" in event ? event.path : "";
    const isAnswer = event.type === "send" && event.text.startsWith("HTTP/1.1 200");
    const isEffect = EFFECT.test(path) && (event.type === "write" || event.type === "truncate");
    if (OPLOG.test(path) && event.type === "write") unflushed.add(path);
    if (OPLOG.test(path) && event.type === "sync") unflushed.delete(path);
    if (!isAnswer && !isEffect) continue;
    const what = isAnswer ? "answer" : path.replace(/[\w-]+\.part$/, "");
    seen.add(what);
    if (unflushed.size > 0) found.push(what);
  }
  return { early: found, seen };
}

test(
  "nothing that others can see of a worker comes before what led to it is on the disk",
  {
    timeout: 120_000,
  },
  async (context) => {
    context.skip(!canTrace(), "what a process writes and flushes is recorded by strace, which is not there");

    const { events, start } = await traceServer("full", async (program) => {
      const worker = program.worker("w");
      // The creation of a promise may come first: a replay makes it anew.
      await worker.run([["promise.create", "p"]]);
      await worker.run(EFFECTS.flatMap((effect): Step[] => [["now"], ["random"], effect]));
    });

    const created = events.findIndex(({ event }, at) => at >= start && event.type === "send");
    const { early: tooEarly, seen } = early(events.slice(created));
    expect(tooEarly).toEqual([]);
    expect(seen).toEqual(new Set(["answer", "/shared.sqlite-wal", "/blobs/"]));
  },
);

test(
  "a call is flushed once, and many at a time are flushed together",
  { timeout: 120_000 },
  async (context) => {
    context.skip(!canTrace(), "what a process writes and flushes is recorded by strace, which is not there");
    const CALLS = 40;
    const marks: number[] = [];

    const { events } = await traceServer("full", async (program) => {
      const worker = program.worker("w");
      await worker.run([["add", 1]]);
      marks.push(Date.now());
      for (let call = 0; call < CALLS; call += 1) await worker.run([["add", 1]]);
      marks.push(Date.now());
      await Promise.all(Array.from({ length: CALLS }, () => worker.run([["add", 1]])));
      marks.push(Date.now());
    });

    const flushesWithin = (from = 0, to = 0): number =>
      events.filter(({ time, event }) => event.type === "sync" && time >= from && time <= to).length;
    expect(flushesWithin(marks[0], marks[1])).toBe(CALLS);
    expect(flushesWithin(marks[1], marks[2])).toBeLessThan(CALLS / 2);
  },
);

test(
  "a flush that fails is told to nobody as done: the shard begins anew, and the call is answered after that",
  {
    timeout: 120_000,
  },
  async (context) => {
    context.skip(!canTrace(), "what a process writes and flushes is recorded by strace, which is not there");
    const inject = ["-e", "inject=fdatasync:error=EIO:when=3"];

    const { events, result } = await traceServer(
      "full",
      async (program) => {
        const worker = program.worker("w");
        const answers: unknown[] = [];
        for (let call = 0; call < 20; call += 1)
          answers.push(...(await worker.run([["add", 1]], `key-${call}`)));
        return answers;
      },
      inject,
    );

    expect(events.filter(({ event }) => event.type === "failed-sync")).not.toEqual([]);
    expect(result).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  },
);
