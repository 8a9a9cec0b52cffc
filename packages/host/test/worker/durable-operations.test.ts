import { describe, expect, test } from "vitest";

import { DurableOperations } from "../../src/journal/durable-operations.ts";
import { Interruption } from "../../src/journal/interruption.ts";
import { Journal } from "../../src/journal/journal.ts";
import { CREATE, emptyOplog } from "../oplog/memory-storage.ts";

function started(): { journal: Journal; operations: DurableOperations } {
  const journal = new Journal(emptyOplog());
  journal.append(CREATE);
  const operations = new DurableOperations(journal, new Interruption());
  operations.beginInvocation("k");
  return { journal, operations };
}

describe("the names of calls", () => {
  test("stay when only hints are written, and the ends of spans, which may come at any time", () => {
    const { journal, operations } = started();
    const { callId } = operations;
    journal.append({ type: "Error", error: "lost" });
    journal.append({ type: "FinishSpan", spanId: "a" });
    expect(operations.callId).toBe(callId);
    operations.mark();
    expect(operations.callId).not.toBe(callId);
  });

  test("are never the same twice for what is not recorded, nor are its idempotency keys", async () => {
    const { journal, operations } = started();
    await journal.unrecorded(async () => {
      const names = [
        operations.callId,
        operations.callId,
        operations.deriveIdempotencyKey(),
        operations.deriveIdempotencyKey(),
        operations.deriveCallKey(),
        operations.deriveCallKey(),
      ];
      expect(new Set(names).size).toBe(names.length);
    });
  });
});
