import { describe, expect, test } from "vitest";
import type { OpenNode } from "../../src/filesystem/open-nodes.ts";
import { filesystemTypes } from "../../src/interfaces/wasi/filesystem-types.ts";
import { filesystemWit, Guest } from "./guest.ts";

const READ = { read: true };
const WRITE = { write: true };
const FOLLOW = { symlinkFollow: true };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const failed = (code: string): string => `failed: ${code}`;

test("wasi:filesystem/types is there as a whole", () => {
  const offered = Object.keys(filesystemTypes.functions).filter(
    (name) => !name.startsWith("[resource-drop]"),
  );
  expect(offered.toSorted()).toEqual([...filesystemWit().functions.keys()].toSorted());
});

describe("open-at", () => {
  test.each([
    ["what is not there", "new", {}, READ, "no-entry"],
    ["a new file like a directory", "new/", { create: true }, WRITE, "is-directory"],
    ["a file that must be new", "file", { create: true, exclusive: true }, WRITE, "exist"],
    ["a link that must be new", "dangling", { create: true, exclusive: true }, WRITE, "exist"],
    ["a file as a directory", "file", { directory: true }, READ, "not-directory"],
    ["a directory to write it", "dir", {}, WRITE, "is-directory"],
    ["a directory to make it", "dir", { create: true }, READ, "is-directory"],
    ["a directory to empty it", "dir", { truncate: true }, READ, "is-directory"],
    ["a directory that is to be made", "new", { create: true, directory: true }, READ, "invalid"],
    ["with synchronous writes", "file", {}, { write: true, dataIntegritySync: true }, "unsupported"],
    ["a read-only file to empty it", "fixed", { truncate: true }, WRITE, "not-permitted"],
  ])("refuses %s", (_, path, openFlags, flags, code) => {
    using guest = new Guest({ "/fixed": "fixed" });
    guest.write("file", "text");
    guest.do("create-directory-at", "dir");
    guest.do("symlink-at", "nowhere", "dangling");
    expect(guest.do("open-at", FOLLOW, path, openFlags, flags)).toBe(failed(code));
  });

  test("makes a file, also where a link leads", () => {
    using guest = new Guest();
    guest.do("symlink-at", "new", "link");
    guest.drop(guest.open("link", { create: true }, WRITE));
    expect(guest.read("new")).toBe("");
  });

  test("does not follow a link unless it is told to", () => {
    using guest = new Guest();
    guest.write("file", "text");
    guest.do("symlink-at", "file", "link");
    expect(guest.do("open-at", {}, "link", {}, READ)).toBe(failed("loop"));
    expect(guest.read("link")).toBe("text");
  });

  test("needs a directory", () => {
    using guest = new Guest();
    guest.write("file", "text");
    expect(guest.on(guest.open("file"), "open-at", {}, "x", {}, READ)).toBe(failed("not-directory"));
  });

  test("tells what it was asked for", () => {
    using guest = new Guest({ "/fixed": "fixed" });
    guest.write("file", "");
    const flags = (path: string, asked: object): unknown =>
      guest.on(guest.open(path, {}, asked), "get-flags");
    expect(flags("file", { read: true, write: true })).toEqual({ read: true, write: true });
    expect(flags("file", READ)).toEqual({ read: true, write: false });
    expect(flags("fixed", { read: true, write: true })).toEqual({ read: true, write: false });
    expect(guest.do("get-flags")).toEqual({ read: true, mutateDirectory: true });
  });
});

describe("a file", () => {
  test("is read from anywhere, up to its end", () => {
    using guest = new Guest();
    guest.write("file", "0123456789");
    const file = guest.open("file");
    expect(guest.on(file, "read", 4n, 3n)).toEqual([bytes("3456"), false]);
    expect(guest.on(file, "read", 2n ** 64n - 1n, 8n)).toEqual([bytes("89"), false]);
    expect(guest.on(file, "read", 4n, 10n)).toEqual([bytes(""), true]);
    expect(guest.on(file, "read", 4n, 2n ** 62n)).toEqual([bytes(""), true]);
    expect(guest.on(file, "read", 4n, 2n ** 63n)).toBe(failed("invalid"));
  });

  test("is written anywhere, and has zeroes where nothing was written", () => {
    using guest = new Guest();
    const file = guest.open("file", { create: true }, { read: true, write: true });
    expect(guest.on(file, "write", bytes("ab"), 3n)).toBe(2n);
    expect(guest.read("file")).toBe("\0\0\0ab");
    expect(guest.on(file, "set-size", 4n)).toBeUndefined();
    expect(guest.read("file")).toBe("\0\0\0a");
    expect(guest.on(file, "write", bytes("x"), 2n ** 62n)).toBe(failed("file-too-large"));
    expect(guest.on(file, "set-size", 2n ** 62n)).toBe(failed("file-too-large"));
  });

  test("can only be used as it was opened", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const [read, write] = [guest.open("file", {}, READ), guest.open("file", {}, WRITE)];
    expect(guest.on(read, "write", bytes("x"), 0n)).toBe(failed("bad-descriptor"));
    expect(guest.on(read, "write-via-stream", 0n)).toBe(failed("bad-descriptor"));
    expect(guest.on(read, "append-via-stream")).toBe(failed("bad-descriptor"));
    expect(guest.on(read, "set-size", 0n)).toBe(failed("invalid"));
    expect(guest.on(write, "read", 1n, 0n)).toBe(failed("bad-descriptor"));
    expect(guest.on(write, "read-via-stream", 0n)).toBe(failed("bad-descriptor"));
    expect(guest.on(write, "read-directory")).toBe(failed("not-directory"));
  });

  test("stays open when its name goes", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const file = guest.open("file");
    guest.do("unlink-file-at", "file");
    expect(guest.on(file, "read", 10n, 0n)).toEqual([bytes("text"), false]);
    expect(guest.on(file, "stat")).toMatchObject({ type: "regular-file", linkCount: 0n, size: 4n });
  });

  test("has the times that are set, to the nanosecond", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const file = guest.open("file");
    const time = { seconds: 1_234_567_890n, nanoseconds: 987_654_321 };
    guest.on(file, "set-times", { tag: "timestamp", val: time }, { tag: "now" });
    const now = { seconds: guest.now / 1_000_000_000n, nanoseconds: Number(guest.now % 1_000_000_000n) };
    const times = {
      dataAccessTimestamp: time,
      dataModificationTimestamp: now,
      statusChangeTimestamp: undefined,
    };
    expect(guest.on(file, "stat")).toMatchObject(times);
    guest.do("set-times-at", {}, "file", { tag: "no-change" }, { tag: "timestamp", val: time });
    expect(guest.do("stat-at", {}, "file")).toMatchObject({ ...times, dataModificationTimestamp: time });
    const late = { tag: "timestamp", val: { seconds: 2n ** 64n - 1n, nanoseconds: 0 } };
    expect(guest.on(file, "set-times", late, late)).toBe(failed("overflow"));
  });

  test("has a hash that changes with its size and its time", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const file = guest.open("file", {}, WRITE);
    const at = (seconds: bigint) => ({ tag: "timestamp", val: { seconds, nanoseconds: 0 } });
    const hashes = [1n, 1n, 2n].map((seconds) => {
      guest.on(file, "set-times", at(seconds), at(seconds));
      return guest.on(file, "metadata-hash");
    });
    guest.on(file, "set-size", 1n);
    guest.on(file, "set-times", at(2n), at(2n));
    hashes.push(guest.do("metadata-hash-at", {}, "file"));
    expect(hashes[0]).toEqual(hashes[1]);
    expect(hashes[1]).not.toEqual(hashes[2]);
    expect(hashes[2]).not.toEqual(hashes[3]);
  });

  test("is itself under every name", () => {
    using guest = new Guest();
    guest.write("file", "text");
    guest.write("other", "text");
    guest.do("link-at", {}, "file", guest.root, "alias");
    const same = (a: string, b: string): unknown =>
      guest.call("[method]descriptor.is-same-object", guest.open(a), guest.open(b));
    expect([same("file", "alias"), same("file", "file"), same("file", "other"), same(".", ".")]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(guest.do("stat-at", {}, "alias")).toMatchObject({ linkCount: 2n });
  });

  test("takes advice, and has nothing to bring to a disk", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const file = guest.open("file");
    expect(guest.on(file, "advise", 0n, 4n, "sequential")).toBeUndefined();
    expect(guest.on(file, "sync")).toBeUndefined();
    expect(guest.on(file, "sync-data")).toBeUndefined();
    expect(guest.do("advise", 0n, 4n, "sequential")).toBe(failed("bad-descriptor"));
  });
});

describe("a stream", () => {
  const stream = (guest: Guest, file: OpenNode, method: string, ...args: unknown[]) => {
    const opened = guest.on(file, method, ...args);
    return (operation: string, ...given: unknown[]) =>
      guest.call(
        operation.includes("read")
          ? `[method]input-stream.${operation}`
          : `[method]output-stream.${operation}`,
        opened,
        ...given,
      );
  };

  test("reads to the end, also of a file that was dropped meanwhile", () => {
    using guest = new Guest();
    guest.write("file", "01234");
    const file = guest.open("file");
    const read = stream(guest, file, "read-via-stream", 1n);
    guest.drop(file);
    expect(read("read", 3n)).toEqual({ tag: "ok", val: bytes("123") });
    expect(read("read", 3n)).toEqual({ tag: "ok", val: bytes("4") });
    expect(read("read", 3n)).toEqual({ tag: "err", val: { tag: "closed" } });
  });

  test("writes one piece behind the other", () => {
    using guest = new Guest();
    guest.write("file", "0123456");
    const write = stream(guest, guest.open("file", {}, WRITE), "write-via-stream", 2n);
    write("write", bytes("ab"));
    write("write", bytes("c"));
    expect(guest.read("file")).toBe("01abc56");
  });

  test("appends to where the file ends", () => {
    using guest = new Guest();
    guest.write("file", "01");
    const file = guest.open("file", {}, WRITE);
    const append = stream(guest, file, "append-via-stream");
    append("write", bytes("ab"));
    guest.on(file, "write", bytes("xyz"), 4n);
    append("write", bytes("c"));
    expect(guest.read("file")).toBe("01abxyzc");
  });
});
