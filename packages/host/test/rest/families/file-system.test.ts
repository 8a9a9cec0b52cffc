import { zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
let library: RestComponent;
beforeAll(async () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"), {
    files: zipSync({ "foo.txt": text("foo\n"), "bar/baz.txt": text("baz\n"), "baz.txt": text("baz\n") }),
    filesPermissions: JSON.stringify({
      values: [
        { path: "/foo.txt", permissions: "read-only" },
        { path: "/bar/baz.txt", permissions: "read-write" },
        { path: "/baz.txt", permissions: "read-write" },
      ],
    }),
  });
  library = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

const fn = (name: string): string => `it:durable/files.{${name}}`;
const std = (name: string): string => `golem:it/files.{${name}}`;
const ok = { ok: null };

describe("initial files", () => {
  test("can be read, and written if they are read-write, and their contents are seen through REST", async () => {
    const worker = rust.worker("initial");
    expect(await worker.call(fn("initial"), "/foo.txt", "/bar/baz.txt")).toEqual([
      "foo\n",
      { err: expect.stringContaining("os error") },
      "baz\n",
      ok,
      "hello world",
    ]);
    const contents = async (path: string): Promise<unknown> =>
      (await worker.request("GET", `/file-contents/${encodeURIComponent(path)}`)).body;
    expect(await contents("foo.txt")).toBe("foo\n");
    expect(await contents("bar/baz.txt")).toBe("hello world");
    await host.restart();
    expect(await contents("bar/baz.txt")).toBe("hello world");
  });

  test("are listed through REST before the worker has run", async () => {
    const node = { kind: "file", size: 4, lastModified: expect.any(Number) };
    await rust.create("listed", [], {});
    const { body } = await rust.worker("listed").request("GET", `/files/${encodeURIComponent("/")}`);
    const nodes = (body as { readonly nodes: readonly { readonly name: string }[] }).nodes;
    expect(nodes.toSorted((one, two) => (one.name < two.name ? -1 : 1))).toEqual([
      { ...node, name: "bar", kind: "directory", permissions: null, size: null },
      { ...node, name: "baz.txt", permissions: "read-write" },
      { ...node, name: "foo.txt", permissions: "read-only" },
    ]);
  });

  test("differ for each worker, once one has written them", async () => {
    await rust.worker("writes").call(fn("initial"), "/foo.txt", "/baz.txt");
    const [, , before] = (await rust.worker("reads").call(fn("initial"), "/foo.txt", "/baz.txt")) as string[];
    expect(before).toBe("baz\n");
  });
});

describe("directories", () => {
  test("are made, listed in order and removed with all that is in them", async () => {
    const worker = rust.worker("walk");
    const [before, outer, inner, after] = (await worker.call(fn("walk"))) as [
      number,
      unknown,
      unknown,
      number,
    ];
    expect(before).toBe(3);
    expect(outer).toContainEqual(["/test", true]);
    expect(inner).toEqual([
      ["/test/dir1", true],
      ["/test/dir2", true],
      ["/test/hello.txt", false],
    ]);
    expect(after).toBe(before);
    await host.restart();
    expect(await worker.call(fn("walk"))).toEqual([before, outer, inner, after]);
  });
});

describe("what a program learns of a file is the same after a restart of the server, when it was", () => {
  const made = (path: string): readonly string[] => ["create-directory", path];
  const written = (path: string): readonly string[] => ["write-file", path, "hello world"];

  test.each<readonly [string, readonly (readonly string[])[], readonly string[]]>([
    ["written", [written("/a.txt")], ["/a.txt"]],
    ["made in a directory", [made("/d"), made("/d/e")], ["/", "/d", "/d/e"]],
    ["linked", [made("/d"), written("/a.txt"), ["create-link", "/a.txt", "/d/l.txt"]], ["/d", "/d/l.txt"]],
    ["renamed", [made("/s"), made("/d"), written("/s/a"), ["rename", "/s/a", "/d/b"]], ["/s", "/d", "/d/b"]],
    ["deleted", [made("/s"), written("/s/a"), ["delete-file", "/s/a"]], ["/s"]],
    ["removed with its directory", [made("/s"), made("/s/a"), ["remove-directory", "/s/a"]], ["/s"]],
  ])("%s", async (name, steps, paths) => {
    const worker = library.worker(name.replaceAll(" ", "-"));
    for (const [step = "", ...values] of steps) expect(await worker.call(std(step), ...values)).toEqual(ok);
    const look = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (const path of paths) found.push(await worker.call(std("get-info"), path));
      return found;
    };
    const before = await look();
    await worker.crash();
    expect(await look()).toEqual(before);
  });

  test("written without streams, or a symbolic link", async () => {
    const worker = rust.worker("direct");
    expect(await worker.call(fn("write-direct"), "testfile.txt", "hello world")).toEqual(ok);
    expect(await worker.call(fn("symlink"), "testfile.txt", "link.txt")).toEqual(ok);
    const look = async (): Promise<unknown[]> => [
      await worker.call(fn("get-times"), "testfile.txt"),
      await worker.call(fn("get-times"), "link.txt"),
      await worker.call(fn("hash"), "testfile.txt"),
    ];
    const before = await look();
    expect(before[0]).toMatchObject({ ok: { modified: expect.any(Number) } });
    expect(before[1]).toEqual(before[0]);
    await host.restart();
    expect(await look()).toEqual(before);
  });
});
