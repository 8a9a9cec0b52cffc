import { lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asFilesystemError } from "../../src/filesystem/filesystem-error.ts";
import type { OpenNode } from "../../src/filesystem/open-nodes.ts";
import { campaignSize } from "../campaign-size.ts";
import { Guest } from "./guest.ts";

const name = fc.constantFrom("a", "b", "c", "link", "outside", "secret.txt", ".", "..", "...", "");
const path = fc.oneof(
  { weight: 12, arbitrary: fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join("/")) },
  fc.constantFrom("/", "/etc/passwd", "a\0b", "x".repeat(300), "x/".repeat(3_000), "../outside/secret.txt"),
);
const flag = fc.boolean();
const openFlags = fc.record({ create: flag, directory: flag, exclusive: flag, truncate: flag });
const flags = fc.record({ read: flag, write: flag });
const pathFlags = fc.record({ symlinkFollow: flag });

type Step = readonly [string, ...unknown[]];

/** `HERE`: a directory that is open at the moment. */
const HERE = Symbol("an open directory");

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant("open-at"), pathFlags, path, openFlags, flags),
  fc.tuple(fc.constant("create-directory-at"), path),
  fc.tuple(fc.constant("symlink-at"), path, path),
  fc.tuple(fc.constant("link-at"), pathFlags, path, fc.constant(HERE), path),
  fc.tuple(fc.constant("rename-at"), path, fc.constant(HERE), path),
  fc.tuple(fc.constant("unlink-file-at"), path),
  fc.tuple(fc.constant("remove-directory-at"), path),
  fc.tuple(fc.constant("readlink-at"), path),
  fc.tuple(fc.constant("stat-at"), pathFlags, path),
  fc.tuple(fc.constant("metadata-hash-at"), pathFlags, path),
  fc.tuple(
    fc.constant("set-times-at"),
    pathFlags,
    path,
    fc.constant({ tag: "now" }),
    fc.constant({ tag: "now" }),
  ),
);

/** Milliseconds. */
const LONG = campaignSize(60_000, 1_800_000);

describe("a guest", () => {
  test("reaches nothing outside its root, and changes nothing there", { timeout: LONG }, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat()), { maxLength: 40 }), (steps) => {
        using guest = new Guest({ "/a/fixed.txt": "fixed" });
        const before = guest.surroundings();
        const secret = statSync(join(guest.outside, "secret.txt"), { bigint: true });
        const fixed = guest.open("a/fixed.txt");
        const directories: OpenNode[] = [guest.root];
        for (const [[method, ...args], choice] of steps) {
          const here = directories[choice % directories.length] ?? guest.root;
          const other = directories[(choice >> 4) % directories.length] ?? guest.root;
          const given = args.map((arg) => (arg === HERE ? other : arg));
          const result = guest.on(here, method, ...given);
          if (method !== "open-at" || typeof result === "string") continue;
          const node = result as OpenNode;
          if (node.kind === "directory") {
            directories.push(node);
          } else {
            guest.on(node, "write", new TextEncoder().encode("mine"), 0n);
            const content = guest.on(node, "read", 100n, 0n);
            if (typeof content !== "string")
              expect(new TextDecoder().decode((content as [Uint8Array])[0])).not.toContain("secret");
            expect(node.stat().ino).not.toBe(secret.ino);
          }
        }
        const after = statSync(join(guest.outside, "secret.txt"), { bigint: true });
        expect([after.mtimeNs, after.ctimeNs, after.atimeNs]).toEqual([
          secret.mtimeNs,
          secret.ctimeNs,
          secret.atimeNs,
        ]);
        expect(guest.surroundings()).toEqual(before);
        expect(guest.on(fixed, "read", 100n, 0n)).toEqual([new TextEncoder().encode("fixed"), false]);
      }),
      { numRuns: campaignSize(150, 10_000) },
    );
  });

  test("finds by each path what the operating system finds", { timeout: LONG }, () => {
    using guest = new Guest();
    guest.do("create-directory-at", "a");
    for (const folder of ["a/b", "a/b/c", "b"]) mkdirSync(join(guest.place, folder));
    for (const file of ["c", "a/c", "a/b/c/a"]) writeFileSync(join(guest.place, file), file);
    for (const [target, link] of [
      ["a/b", "link"],
      ["../b", "a/link"],
      ["..", "b/a"],
      ["link", "a/b/link"],
      ["c", "b/link"],
      ["../c/", "b/c"],
      ["./../../a/b/c", "a/b/c/link"],
    ] as const) {
      symlinkSync(target, join(guest.place, link));
    }
    const inside = fc
      .array(fc.constantFrom("a", "b", "c", "link", "link", ".", "..", ""), { minLength: 1, maxLength: 7 })
      .map((names) => names.join("/"))
      .filter((text) => text !== "" && !text.startsWith("/"));
    const root = guest.files.openRoot();
    const reached = { found: 0, failed: 0 };
    fc.assert(
      fc.property(inside, fc.boolean(), (text, follow) => {
        const host = `${guest.place}/${text}`;
        const system = (): unknown => (follow ? statSync : lstatSync)(host, { bigint: true }).ino;
        const found = outcome(() => guest.files.statAt(root, text, follow).stat.ino);
        // Beyond the root there is nothing for a guest, and something for the system.
        if (found === "not-permitted") return;
        expect(found).toBe(outcome(system));
        reached[typeof found === "bigint" ? "found" : "failed"] += 1;
      }),
      { numRuns: campaignSize(2_000, 10_000) },
    );
    expect(reached.found).toBeGreaterThan(100);
    expect(reached.failed).toBeGreaterThan(100);
  });

  test.each([
    ["..", "not-permitted"],
    ["a/../..", "not-permitted"],
    ["../root/a", "not-permitted"],
    ["/", "not-permitted"],
    ["/a", "not-permitted"],
    ["up/outside/secret.txt", "not-permitted"],
    ["round", "loop"],
    ["a\0", "invalid"],
    ["", "no-entry"],
    ["missing", "no-entry"],
    ["missing/..", "no-entry"],
    ["file/", "not-directory"],
    ["file/.", "not-directory"],
    ["file/..", "not-directory"],
  ])("is told why %j leads nowhere", (text, code) => {
    using guest = new Guest();
    guest.do("create-directory-at", "a");
    guest.write("file", "text");
    guest.do("symlink-at", "..", "up");
    guest.do("symlink-at", "around", "round");
    guest.do("symlink-at", "round", "around");
    expect(guest.do("open-at", { symlinkFollow: true }, text, {}, { read: true })).toBe(`failed: ${code}`);
    expect(guest.do("stat-at", { symlinkFollow: true }, text)).toBe(`failed: ${code}`);
  });

  test("is told that a name, or a path, is too long", () => {
    using guest = new Guest();
    for (const text of ["x".repeat(256), "x/".repeat(3_000)]) {
      expect(guest.do("create-directory-at", text)).toBe("failed: name-too-long");
      expect(guest.do("stat-at", {}, text)).toBe("failed: name-too-long");
      expect(guest.do("symlink-at", text, "link")).toBe(
        text.length > 256 ? "failed: name-too-long" : undefined,
      );
    }
  });

  test("cannot leave a directory by a descriptor of it", () => {
    using guest = new Guest();
    guest.write("beside.txt", "beside");
    guest.do("create-directory-at", "a");
    const directory = guest.open("a");
    guest.do("symlink-at", "../beside.txt", "a/link");
    for (const text of ["../beside.txt", "link", ".."])
      expect(guest.on(directory, "open-at", { symlinkFollow: true }, text, {}, { read: true })).toBe(
        "failed: not-permitted",
      );
    expect(guest.read("a/link")).toBe("beside");
  });

  test("cannot make a link to an absolute path", () => {
    using guest = new Guest();
    expect(guest.do("symlink-at", join(guest.outside, "secret.txt"), "link")).toBe("failed: not-permitted");
  });

  test("cannot open more than 1,024 files at once", () => {
    using guest = new Guest();
    guest.write("file", "text");
    const open = Array.from({ length: 1_024 }, () => guest.open("file"));
    expect(guest.do("open-at", {}, "file", {}, { read: true })).toBe("failed: insufficient-memory");
    for (const file of open) guest.drop(file);
    expect(guest.read("file")).toBe("text");
  });
});

/** A result, or the code of the failure. */
function outcome(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return asFilesystemError(error)?.code ?? error;
  }
}
