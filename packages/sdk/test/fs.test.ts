import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

test("files are written and read as text and bytes, and appended to", async () => {
  const bytes = [...new TextEncoder().encode("Grüße\n!!")];
  expect(await lab.run("whole", "whole files")).toEqual({ text: "Grüße\n!!", bytes, empty: 0 });
});

test("a handle reads and writes at its own position or at a given one", async () => {
  expect(await lab.run("handles", "handles")).toEqual({
    end: "",
    middle: "1AB4",
    size: 6,
    first: "01",
    rest: "AB45",
    flags: expect.objectContaining({ read: true, write: false }),
    same: true,
    hashes: true,
    beyond: 0,
  });
});

test("a file that is opened to append is written at its end, whatever the position", async () => {
  expect(await lab.run("appending", "appending")).toBe("123");
});

test("directories are made, listed, renamed in and removed", async () => {
  expect(await lab.run("directories", "directories")).toEqual({
    names: ["b", "z.txt"],
    all: ["b", "b/c", "b/c/d.txt", "z.txt"],
    types: [
      ["tree", "b", "directory", true],
      ["tree", "z.txt", "regular-file", false],
    ],
    root: true,
    left: ["b", "z.txt"],
    gone: true,
  });
});

test("symbolic and hard links lead to the same file", async () => {
  expect(await lab.run("links", "links")).toEqual({
    says: "file",
    followed: "content",
    type: "symbolic-link",
    isLink: true,
    target: true,
    hard: [7, 2],
  });
});

test("times are set one by one, and are read to the nanosecond", async () => {
  expect(await lab.run("times", "times")).toEqual({
    set: [1_000, 2_500, "2500000000"],
    one: ["1000000000", 3_000],
    now: true,
    changed: null,
  });
});

test("web streams read parts of files, and write and copy them", async () => {
  expect(await lab.run("streams", "streams")).toEqual({
    whole: "abCDef",
    part: "De",
    copied: "abCDe",
    nothing: 0,
  });
});

test("the platform's streams are skipped and passed on to each other", async () => {
  expect(await lab.run("piped", "piped")).toEqual({
    skipped: [1_000, 0],
    piped: 2_999_000,
    beyond: 0,
    size: 2_999_000,
  });
});

test("streams that are left early keep what was written", async () => {
  expect(await lab.run("cut", "cancelled streams")).toEqual({ first: 1_048_576, cut: "kept" });
});

test("a file that is copied to itself, under whatever name, stays as it is", async () => {
  expect(await lab.run("self", "copied to itself")).toBe("content");
});

test("directories are made on the way through a link", async () => {
  expect(await lab.run("linked", "made below a link")).toEqual(["inner"]);
});

test("what is no number of bytes is refused, with the value, before anything is done", async () => {
  const refused = (what: string, value: string): unknown =>
    expect.stringContaining(`The ${what} is ${value}; it must be a whole number of bytes, 0 or more`);
  expect(await lab.run("positions", "no positions")).toEqual([
    [
      refused("length", "-1"),
      refused("length", "1.5"),
      refused("position", "NaN"),
      refused("position", "-1"),
      refused("size", "-1"),
      refused("offset", "0.5"),
      refused("position", "-1"),
      refused("start", "-1"),
      refused("size", "9007199254740992"),
    ],
    "kept",
  ]);
});

test("failures have Node's code, the platform's, the operation and the path; the cause is what the platform said", async () => {
  expect(await lab.run("errors", "file errors")).toEqual([
    ["ENOENT", "no-entry", "readFile", "none", "no-entry"],
    ["EISDIR", "is-directory", "readFile", "full", ""],
    ["ENOTDIR", "not-directory", "readFile", "plain/below", "not-directory"],
    ["EEXIST", "exist", "writeFile", "plain", "exist"],
    ["EEXIST", "exist", "copyFile", "plain", "exist"],
    ["EEXIST", "exist", "mkdir", "full", "exist"],
    ["EEXIST", "exist", "mkdir", "plain", "exist"],
    ["ENOTEMPTY", "not-empty", "rmdir", "full", "not-empty"],
    ["EISDIR", "is-directory", "unlink", "full", "is-directory"],
    ["ENOENT", "no-entry", "rename", "none", "no-entry"],
    ["EPERM", "not-permitted", "readFile", "../../etc/passwd", "not-permitted"],
    ["EBADF", "bad-descriptor", "file.read", "plain", ""],
    ["EBADF", "bad-descriptor", "file.write", "plain", "bad-descriptor"],
    ["ENOENT", "no-entry", "createReadStream", "none", "no-entry"],
  ]);
});

test("files are there again after a crash, with their times", async () => {
  const read = () => lab.run("lost", "read timed");
  const before = [await lab.run("lost", "times"), await read()];
  const worker = { componentId: lab.componentId, workerName: "lost" };
  await lab.host.workers.interrupt(worker, { recoverImmediately: true });
  expect(await read()).toEqual(before[1]);
});
