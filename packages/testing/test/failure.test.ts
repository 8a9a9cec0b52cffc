import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGuestFailure } from "../src/failure/guest-failure.ts";
import { InvocationError, openWorkspace, type TestWorker, type Workspace } from "../src/index.ts";
import { withoutNumbers } from "./without-numbers.ts";

const SOURCE = "components/tour/src/http/raw.ts";

describe("an invocation whose program throws", () => {
  let workspace: Workspace;
  let worker: TestWorker;
  let failure: InvocationError;
  /** Where the program throws. */
  let place: string;

  beforeAll(async () => {
    workspace = await openWorkspace({ host: { shards: 1, retryDelays: false, allow: [] } });
    worker = workspace.worker("kit:tour", "sender");
    failure = await worker.invoke("kit:tour-exports/raw.{http}", "127.0.0.1:1", "/", "Dear Ada").then(
      () => expect.unreachable("nothing may be reached"),
      (error: unknown) => error as InvocationError,
    );
    const lines = (await readFile(SOURCE, "utf8")).split("\n");
    place = `${SOURCE}:${lines.findIndex((line) => line.includes("The request failed")) + 1}`;
  }, 120_000);

  afterAll(() => workspace[Symbol.asyncDispose]());

  test("tells the worker, the function, and what was thrown where in the component's source", () => {
    expect(failure).toBeInstanceOf(InvocationError);
    expect(failure.message).toContain(
      "kit:tour/sender has failed in kit:tour-exports/raw.{http}: The request failed: HTTP-request-denied\n" +
        `  in await_ (${place}:`,
    );
    expect(failure.message).not.toContain("kit_tour.js");
  });

  test("shows the end of the oplog", () => {
    expect(failure.message).toMatch(/\nThe end of its oplog:\n {4}\d+ .*[^]*\n {4}\d+ Error /);
  });

  test("has a stack that begins in the guest's source and ends in the test", () => {
    const frames = failure.stack?.match(/^ {4}at .*$/gm) ?? [];

    expect(frames[0]).toContain(`at await_ (${join(process.cwd(), place)}:`);
    expect(frames.at(-1)).toContain("failure.test.ts");
    expect(frames.join()).not.toContain("test-worker.ts");
    expect(failure.guestStack.map((frame) => frame.function)).toEqual(["await_", "http"]);
  });

  test("keeps what Golem says about it", () => {
    expect(failure.detail).toMatchObject({
      type: "RuntimeError",
      details: expect.stringContaining("wasm trap: wasm `unreachable` instruction executed"),
    });
  });

  test("looks as the guide to testing shows it", async () => {
    const guide = await readFile("docs/guides/testing.md", "utf8");
    const shown = guide.match(/```text\nInvocationError: ([^]*?)\n```/)?.[1];

    expect(withoutNumbers(shown ?? "")).toBe(withoutNumbers(failure.message));
  });

  test("is the reason that is told to those that come later", async () => {
    await expect(worker.invoke("kit:tour-exports/raw.{self}")).rejects.toThrow(
      /^kit:tour\/sender does not run kit:tour-exports\/raw\.\{self\} any more, since an earlier .*HTTP-request-denied\n/,
    );
    await expect(worker.trigger("kit:tour-exports/raw.{self}")).rejects.toThrow("HTTP-request-denied");
  });

  test("is told with the same places by the worker's metadata and logs", async () => {
    expect((await worker.metadata()).lastError).toContain(`@${place}:`);
    expect((await worker.logs()).map(({ message }) => message).join("")).toContain(`@${place}:`);
  });

  test("that is refused says so, with the worker and the function", async () => {
    const other: TestWorker = workspace.worker("kit:tour", "other");

    await expect(other.invoke("kit:tour-exports/raw.{http}", 1)).rejects.toThrow(
      /^kit:tour\/other cannot run kit:tour-exports\/raw\.\{http\}: .*takes 3 parameters, 1 were given/,
    );
  });
});

describe("a failure in a guest", () => {
  test("keeps frames from the call of the host that failed to the function that was invoked", () => {
    const details =
      "error while executing at wasm backtrace:\n    0: 0x1 - <unknown>!a: wasm trap: wasm `unreachable` instruction executed" +
      "\n\nbefore\nno tea\nStack:\n  take@/bindings/initializer.js:1:1\n  pour@a/pour.ts:3:5\n  async*serve$2@a/main.ts:9:1\n  @a/main.ts:1:1\n" +
      '  export_api$serve@/bindings/initializer.js:7:1\n\nCaused by: ({tag:"dry"})\n' +
      "Redirecting call to abort() to mozalloc_abort\n\n";

    expect(readGuestFailure(details)).toEqual({
      message: 'before\nno tea\nCaused by: ({tag:"dry"})',
      frames: [
        { function: "take", file: "/bindings/initializer.js", line: 1, column: 1 },
        { function: "pour", file: "a/pour.ts", line: 3, column: 5 },
        { function: "async serve", file: "a/main.ts", line: 9, column: 1 },
        { function: "<anonymous>", file: "a/main.ts", line: 1, column: 1 },
      ],
    });
  });

  test("without a stack is told without what the engine says of itself", () => {
    const details =
      "error while executing at wasm backtrace:\n    0: 0x1 - <unknown>!a: wasm trap: wasm `unreachable` instruction executed" +
      "\n\nNetworkError when attempting to fetch resource\nRedirecting call to abort() to mozalloc_abort\n\n";

    expect(readGuestFailure(details)).toEqual({
      message: "NetworkError when attempting to fetch resource",
      frames: [],
    });
  });

  test("of another language is told as it is", () => {
    const details =
      "error while executing at wasm backtrace:\n    0: 0x1 - a!b: wasm trap: integer divide by zero";

    expect(readGuestFailure(details)).toEqual({ message: details, frames: [] });
  });
});
