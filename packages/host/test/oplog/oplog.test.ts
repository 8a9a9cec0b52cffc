import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OplogEntryCase } from "../../src/oplog/entry.ts";
import { Oplog } from "../../src/oplog/oplog.ts";
import { emptyOplog, MemoryStorage } from "./memory-storage.ts";

const log = (message: string) => ({ type: "Log", level: "info", context: "", message }) as const;

function messages(oplog: Oplog, from?: number): [number, string][] {
  return [...oplog.entries(from)].map(([index, entry]) => [
    index,
    entry.type === "Log" ? entry.message : entry.type,
  ]);
}

describe("an oplog", () => {
  test("numbers its entries from 1", () => {
    const oplog = emptyOplog();
    expect(oplog.append(log("a"))[0]).toBe(1);
    expect(oplog.append(log("b"))[0]).toBe(2);
    expect(oplog.lastIndex).toBe(2);
  });

  test("stamps entries with the time of their appending", () => {
    const oplog = emptyOplog();
    oplog.append(log("a"));
    oplog.append(log("b"));
    expect([...oplog.entries()].map(([, entry]) => entry.timestamp)).toEqual([1, 2]);
  });

  test("shows entries before they are committed", () => {
    const storage = new MemoryStorage();
    const oplog = emptyOplog(storage);
    oplog.append(log("a"));
    expect(messages(oplog)).toEqual([[1, "a"]]);
    expect(storage.rows).toEqual([]);
    expect(oplog.hasUncommitted).toBe(true);
  });

  test("shows entries that are committed while it is read", () => {
    const oplog = emptyOplog();
    oplog.append(log("a"));
    oplog.commit();
    oplog.append(log("b"));
    const reading = oplog.entries();
    expect(reading.next().value?.[0]).toBe(1);
    oplog.commit();
    expect(reading.next().value?.[0]).toBe(2);
  });

  test("writes one row a commit", () => {
    const storage = new MemoryStorage();
    const oplog = emptyOplog(storage);
    oplog.append(log("a"));
    oplog.append(log("b"));
    oplog.commit();
    oplog.append(log("c"));
    oplog.commit();
    expect(storage.rows.map(({ first, last }) => [first, last])).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });

  test.each<[string, number, OplogEntryCase]>([
    ["many entries", 1_024, log("a")],
    ["few that are large", 4, log("x".repeat(1024 * 1024))],
    [
      "few with large answers",
      4,
      {
        type: "ImportedFunctionInvoked",
        functionName: "f",
        response: { tag: "ok", val: [new Uint8Array(1024 * 1024), false] },
        request: null,
        durableFunctionType: { type: "ReadLocal" },
      },
    ],
  ])("is full with %s that are not committed", (_, count, entry) => {
    const oplog = emptyOplog();
    for (let at = 1; at < count; at += 1) oplog.append(entry);
    expect(oplog.isFull).toBe(false);
    oplog.append(entry);
    expect(oplog.isFull).toBe(true);
    oplog.commit();
    expect(oplog.isFull).toBe(false);
  });

  test("writes nothing when there is nothing new", () => {
    const storage = new MemoryStorage();
    const oplog = emptyOplog(storage);
    oplog.append(log("a"));
    oplog.commit();
    oplog.commit();
    expect(storage.rows).toHaveLength(1);
  });

  test("keeps what could not be written for the next commit", () => {
    const storage = new MemoryStorage();
    let isFull = true;
    const oplog = emptyOplog({
      read: (from, limit) => storage.read(from, limit),
      checksum: (last) => storage.checksum(last),
      size: () => 0,
      sizeAfter: () => 0,
      noteActive: () => storage.noteActive(),
      flush: () => storage.flush(),
      write(row) {
        if (isFull) throw new Error("full");
        storage.write(row);
      },
    });
    oplog.append(log("a"));
    expect(() => oplog.commit()).toThrow("full");
    isFull = false;
    oplog.append(log("b"));
    oplog.commit();
    expect(messages(new Oplog(storage, 2, () => 0))).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  test("reads the same from any index, whatever was committed when", () => {
    const commits = fc.array(fc.array(fc.string(), { maxLength: 5 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        commits,
        fc.array(fc.string(), { maxLength: 3 }),
        fc.nat(300),
        (rows, uncommitted, from) => {
          const oplog = emptyOplog();
          for (const row of rows) {
            for (const message of row) oplog.append(log(message));
            oplog.commit();
          }
          for (const message of uncommitted) oplog.append(log(message));
          const all = [...rows.flat(), ...uncommitted].map((message, at): [number, string] => [
            at + 1,
            message,
          ]);
          expect(messages(oplog, from)).toEqual(all.filter(([index]) => index >= from));
        },
      ),
    );
  });

  test("finds one entry by its index", () => {
    const oplog = emptyOplog();
    for (const message of ["a", "b", "c"]) {
      oplog.append(log(message));
      oplog.commit();
    }
    expect(oplog.at(2)).toMatchObject({ message: "b" });
    expect(oplog.at(4)).toBeUndefined();
  });
});
