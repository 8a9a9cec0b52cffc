import { expect, test } from "vitest";

import { Journal } from "../../src/journal/journal.ts";
import { CREATE, emptyOplog, MemoryStorage } from "../oplog/memory-storage.ts";

test("a worker that logs without end has little of it in memory, and all of it written", () => {
  const storage = new MemoryStorage();
  const journal = new Journal(emptyOplog(storage));
  journal.append(CREATE);
  for (let line = 0; line < 10_000; line += 1)
    journal.append({ type: "Log", level: "info", context: "", message: `line ${line}` });
  const written = storage.rows.at(-1)?.last ?? 0;
  expect(journal.oplog.lastIndex - written).toBeLessThan(2_000);
  expect([...journal.oplog.entries()]).toHaveLength(10_001);
});
