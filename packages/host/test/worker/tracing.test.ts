import { expect, test } from "vitest";

import type { OplogEntryType } from "../../src/oplog/entry.ts";
import { Journal } from "../../src/journal/journal.ts";
import { type Span, Tracing } from "../../src/journal/tracing.ts";
import { CREATE, emptyOplog } from "../oplog/memory-storage.ts";

const WORKER = { componentId: "c", workerName: "w" };

/** A worker that runs its first invocation, live or again. */
function running(journal: Journal): { tracing: Tracing; mark: () => void } {
  const tracing = new Tracing(journal, WORKER);
  tracing.beginInvocation("run", { idempotencyKey: "k", startedAt: 0 });
  const mark = (): void => {
    if (journal.live) journal.append({ type: "NoOp" });
    else journal.take("NoOp", "a mark");
  };
  return { tracing, mark };
}

function recorded(): Journal {
  const journal = new Journal(emptyOplog());
  journal.append(CREATE);
  return journal;
}

const typesOf = (journal: Journal): OplogEntryType[] =>
  Array.from(journal.oplog.entries(2), ([, { type }]) => type);

/** A span, a mark in it, its end and another mark: what garbage collection may do in another order. */
function spanThenMark(journal: Journal): Span {
  const { tracing, mark } = running(journal);
  const span = tracing.start("collected");
  mark();
  tracing.finish(span);
  mark();
  return span;
}

const RECORDED = ["StartSpan", "NoOp", "FinishSpan", "NoOp"];

test("a span that is replayed ends earlier than it is recorded, or later, and the replay goes on", () => {
  const journal = recorded();
  const { id } = spanThenMark(journal);
  expect(typesOf(journal)).toEqual(RECORDED);

  journal.rewind();
  const early = running(journal);
  const first = early.tracing.start("collected");
  early.tracing.finish(first);
  early.mark();
  early.mark();
  expect([first.id, journal.live]).toEqual([id, true]);
  expect(typesOf(journal)).toEqual(RECORDED);

  journal.rewind();
  const late = running(journal);
  const second = late.tracing.start("collected");
  late.mark();
  late.mark();
  late.tracing.finish(second);
  expect(journal.live).toBe(true);
});

test("an end that is recorded last is not written again by the replay that comes to it", () => {
  const journal = recorded();
  const { tracing, mark } = running(journal);
  const span = tracing.start("whole");
  mark();
  tracing.finish(span);

  journal.rewind();
  const again = running(journal);
  const replayed = again.tracing.start("whole");
  again.mark();
  again.tracing.finish(replayed);
  expect(typesOf(journal)).toEqual(["StartSpan", "NoOp", "FinishSpan"]);
});

test("what is current is the innermost of the spans that go on", () => {
  const { tracing } = running(recorded());
  const connection = tracing.start("connection");
  const calls = [tracing.start("first", {}, connection), tracing.start("second", {}, connection)] as const;
  expect(tracing.current).toBe(calls[0]);
  tracing.finish(calls[1]);
  expect(tracing.current).toBe(calls[0]);
  tracing.finish(calls[0]);
  expect(tracing.current).toBe(connection);
});

test("what belongs to an earlier invocation is continued as a part of the present one", () => {
  const journal = recorded();
  const { tracing } = running(journal);
  const connection = tracing.start("connection");
  tracing.beginInvocation("run", { idempotencyKey: "later", startedAt: 0 });
  const invocation = tracing.current;
  const call = tracing.start("call", {}, connection);
  expect(call.parent).toBe(invocation);
  expect(call.chain()).not.toContain(connection);
});
