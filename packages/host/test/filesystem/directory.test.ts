import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { Guest } from "./guest.ts";

const FOLLOW = { symlinkFollow: true };
const failed = (code: string): string => `failed: ${code}`;

describe("a directory", () => {
  test("lists what it holds in the order of the names' bytes", () => {
    using guest = new Guest();
    for (const name of ["b", "a", "é", "z", "B", "𝒳", "\uffee"]) guest.write(name, "");
    guest.do("create-directory-at", "dir");
    guest.do("symlink-at", "dir", "link");
    const entries = guest.do("read-directory");
    const seen: unknown[] = [];
    for (;;) {
      const next = guest.call("[method]directory-entry-stream.read-directory-entry", entries) as {
        val: unknown;
      };
      if (next.val === undefined) break;
      seen.push(Object.values(next.val as object).join(" "));
    }
    expect(seen).toEqual([
      "regular-file B",
      "regular-file a",
      "regular-file b",
      "directory dir",
      "symbolic-link link",
      "regular-file z",
      "regular-file é",
      "regular-file \uffee",
      "regular-file 𝒳",
    ]);
  });

  test("stays open under its new name, and is nothing once it is gone", () => {
    using guest = new Guest();
    for (const path of ["a", "a/b", "c"]) guest.do("create-directory-at", path);
    guest.write("a/b/file", "text");
    const [b, c] = [guest.open("a/b"), guest.open("c")];
    guest.do("rename-at", "a", guest.root, "c");
    expect(guest.on(b, "stat-at", {}, "file")).toMatchObject({ size: 4n });
    expect(guest.on(c, "stat")).toBe(failed("no-entry"));
    guest.on(b, "unlink-file-at", "file");
    guest.do("remove-directory-at", "c/b");
    expect(guest.on(b, "create-directory-at", "x")).toBe(failed("no-entry"));
    guest.do("create-directory-at", "c/b");
    expect(guest.on(b, "create-directory-at", "x")).toBe(failed("no-entry"));
  });

  test.each<[string, string, unknown[], string]>([
    ["make what is there", "create-directory-at", ["dir"], "exist"],
    ["make one in a file", "create-directory-at", ["file/x"], "not-directory"],
    ["remove a full one", "remove-directory-at", ["dir"], "not-empty"],
    ["remove a file", "remove-directory-at", ["file"], "not-directory"],
    ["remove what is not there", "remove-directory-at", ["new"], "no-entry"],
    ["remove the root", "remove-directory-at", ["."], "invalid"],
    ["remove a directory by what is in it", "remove-directory-at", ["dir/empty/.."], "not-empty"],
    ["unlink a directory", "unlink-file-at", ["dir"], "is-directory"],
    ["unlink a file like a directory", "unlink-file-at", ["file/"], "not-directory"],
    ["read a file like a link", "readlink-at", ["file"], "invalid"],
    ["link over a file", "symlink-at", ["x", "file"], "exist"],
    ["link to nothing", "symlink-at", ["", "new"], "no-entry"],
  ])("refuses to %s", (_, method, args, code) => {
    using guest = new Guest();
    guest.do("create-directory-at", "dir");
    guest.do("create-directory-at", "dir/empty");
    guest.write("file", "text");
    expect(guest.do(method, ...args)).toBe(failed(code));
  });

  test.each([
    ["what is not there", "new", "x", "no-entry"],
    ["a file over a directory", "file", "empty", "is-directory"],
    ["a directory over a file", "dir", "file", "not-directory"],
    ["a directory over a full one", "empty", "dir", "not-empty"],
    ["a directory into itself", "dir", "dir/empty/x", "invalid"],
    ["the root", ".", "x", "busy"],
    ["a file to a directory's name", "file", "x/", "not-directory"],
    ["over a read-only file", "file", "fixed", "not-permitted"],
  ])("refuses to rename %s", (_, from, to, code) => {
    using guest = new Guest({ "/fixed": "fixed" });
    for (const path of ["dir", "dir/empty", "empty"]) guest.do("create-directory-at", path);
    guest.write("file", "text");
    expect(guest.do("rename-at", from, guest.root, to)).toBe(failed(code));
  });

  test("links names to files, but not to directories", () => {
    using guest = new Guest();
    guest.write("file", "text");
    guest.do("create-directory-at", "dir");
    guest.do("symlink-at", "file", "link");
    expect(guest.do("link-at", {}, "dir", guest.root, "x")).toBe(failed("not-permitted"));
    expect(guest.do("link-at", FOLLOW, "link", guest.root, "x")).toBe(failed("invalid"));
    expect(guest.do("link-at", {}, "file", guest.root, "link")).toBe(failed("exist"));
    expect(guest.do("link-at", {}, "link", guest.root, "dir/link")).toBeUndefined();
    expect(guest.do("readlink-at", "dir/link")).toBe("file");
  });

  test("says nothing of how this machine keeps it", () => {
    using guest = new Guest();
    expect(guest.do("stat")).toMatchObject({ type: "directory", linkCount: 1n, size: 0n });
  });

  test("goes with the instance, however deep it is", () => {
    const guest = new Guest();
    for (const top of ["a", "b"]) {
      let path = top;
      for (let depth = 0; depth < 18; depth += 1) {
        guest.do("create-directory-at", path);
        path += `/${"x".repeat(200)}`;
      }
    }
    const deepest = `a${`/${"x".repeat(200)}`.repeat(17)}/b`;
    expect(guest.do("rename-at", "b", guest.root, deepest)).toBeUndefined();
    guest.write("file", "text");
    guest.files.close();
    expect(guest.exists).toBe(false);
    guest[Symbol.dispose]();
  });

  test("and its open files are of no use once the instance has ended", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const file = guest.open("file");
    guest.files.close();
    // Would get the number of the file that was closed.
    const other = openSync(join(guest.outside, "secret.txt"), "r");
    expect(guest.on(file, "read", 10n, 0n)).toBe(failed("bad-descriptor"));
    guest.drop(file);
    expect(readFileSync(other, "utf8")).toBe("secret");
    closeSync(other);
    expect(guest.do("create-directory-at", "dir")).toBe(failed("no-entry"));
    expect(guest.exists).toBe(false);
  });
});
