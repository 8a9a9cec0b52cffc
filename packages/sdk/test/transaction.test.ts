import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { openLab, type Lab } from "./lab.ts";

let lab: Lab;
let workers: LabWorkers;
beforeAll(async () => {
  lab = await openLab();
  workers = new LabWorkers(lab, "sagas");
}, 240_000);
afterAll(() => lab[Symbol.asyncDispose]());

/** A worker's life for each entry of an oplog. */
const MANY_LIVES = 120_000;

const ledger = (worker: string): Promise<unknown> => workers.call(worker, "ledger");

describe("a fallible transaction", () => {
  test("answers what its body returns, and undoes nothing", async () => {
    expect(await workers.call("whole", "book", "", "")).toEqual({
      outcome: "flight#1 hotel#2 car#3",
      failedOperation: "",
      compensated: [],
      notUndone: [],
    });
    expect(await ledger("whole")).toEqual(["flight 1", "hotel 2", "car 3"]);
  });

  test("undoes what was done, the last first, when an operation fails", async () => {
    expect(await workers.call("failing", "book", "car", "")).toEqual({
      outcome: "transaction-rolled-back",
      failedOperation: "car",
      compensated: ["hotel", "flight"],
      notUndone: [],
    });
    expect(await ledger("failing")).toEqual([
      "flight 1",
      "hotel 2",
      "car 3",
      "undo hotel#2 of 2",
      "undone hotel",
      "undo flight#1 of 1",
      "undone flight",
    ]);
  });

  test("undoes everything when its body fails after the last operation", async () => {
    expect(await workers.call("body", "book", "body", "")).toMatchObject({
      outcome: "transaction-rolled-back",
      failedOperation: "",
      compensated: ["car", "hotel", "flight"],
    });
  });

  test("says which compensation failed, and why, and goes on with the others", async () => {
    expect(await workers.call("stuck", "book", "car", "hotel")).toEqual({
      outcome: "transaction-partially-rolled-back",
      failedOperation: "car",
      compensated: ["flight"],
      notUndone: ["hotel: undoing hotel fails"],
    });
  });

  test("waits for operations that are under way before it undoes them", async () => {
    expect(await workers.call("together", "book-together")).toEqual({
      outcome: "transaction-rolled-back",
      failedOperation: "failing",
      compensated: ["unawaited", "slow", "quick"],
      notUndone: [],
    });
  });
});

test("an operation that nobody awaits fails its transaction too", async () => {
  expect(await workers.call("careless", "book-carelessly")).toEqual({
    outcome: "transaction-rolled-back",
    failedOperation: "failing",
    compensated: ["flight"],
    notUndone: [],
  });
});

describe("an infallible transaction", () => {
  test("tries again after it has undone what it did", async () => {
    expect(await workers.call("insisting", "insist")).toMatchObject({ outcome: "flight#1 hotel#2 car#3" });
    const attempt = ["flight 1", "hotel 2", "car 3"];
    const undone = ["undo hotel#2 of 2", "undone hotel", "undo flight#1 of 1", "undone flight"];
    expect(await ledger("insisting")).toEqual([...attempt, ...undone, ...attempt]);
  });

  test("gives up after the attempts it was given, and at a compensation that fails", async () => {
    expect(await workers.call("giving-up", "give-up")).toEqual([
      "transaction-rolled-back",
      "transaction-partially-rolled-back",
      "transaction-ended",
      "false",
      "infallibleTransaction: maxAttempts is NaN; it must be a whole number from 1, or Infinity.",
      "infallibleTransaction: maxAttempts is 0; it must be a whole number from 1, or Infinity.",
      "infallibleTransaction: multiplier is -1; it must be a number from 0.",
      "infallibleTransaction: The transaction failed: It failed. Undone: nothing.",
    ]);
  });
});

describe("a worker that dies after any entry of its oplog", () => {
  test.each([
    ["goes on with the steps", "book", ["", ""]],
    ["goes on with the compensation", "book", ["car", "hotel"]],
    ["goes on with the attempts", "insist", []],
  ] as const)(
    "%s",
    async (_, name, values) => {
      const original = `undisturbed-${name}-${values.join("-")}`;
      let expected: unknown;
      for await (const { worker, answer, died } of workers.everyCrash(original, name, ...values)) {
        const outcome = [answer, await ledger(worker)];
        expected ??= outcome;
        expect([died, outcome]).toEqual([died, expected]);
      }
    },
    MANY_LIVES,
  );
});
