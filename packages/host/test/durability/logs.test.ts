import { expect, test } from "vitest";

import { failure, type OplogEntries } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost();

interface Line {
  readonly level: unknown;
  readonly context: unknown;
  readonly message: unknown;
}

function lines(oplog: OplogEntries): Line[] {
  return oplog.flatMap(({ entry: { type, level, context, message } }) =>
    type === "Log" ? [{ level, context, message }] : [],
  );
}

function text(oplog: OplogEntries, stream: "Stdout" | "Stderr"): string {
  return lines(oplog)
    .filter(({ level }) => level === stream)
    .map(({ message }) => message)
    .join("");
}

test("what a worker logs and prints is in its oplog", async () => {
  const worker = hosted().worker("logger");
  await worker.call("say", "hello");
  const oplog = await worker.oplog();
  expect(lines(oplog)[0]).toEqual({ level: "Info", context: "probe", message: "hello" });
  expect(text(oplog, "Stdout")).toBe("hello\n");
  expect(text(oplog, "Stderr")).toBe("hello\n");
});

test("what was logged before a crash is not logged again", async () => {
  const worker = hosted().worker("crasher");
  await worker.call("say", "once");
  const before = lines(await worker.oplog());
  await worker.crash();
  await worker.call("add", 1n);
  await hosted().restart();
  await worker.call("add", 1n);
  expect(lines(await worker.oplog())).toEqual(before);
});

test("what a failing attempt logs after its last host call is logged once", async () => {
  const worker = hosted().worker("failing");
  await failure(worker.call("fail", "once"));
  expect(text(await worker.oplog(), "Stderr").split("about to fail: once")).toHaveLength(2);
});
