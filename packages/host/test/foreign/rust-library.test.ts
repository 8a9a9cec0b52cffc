import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"), {
    env: JSON.stringify({ keyValues: { FROM: "component", BOTH: "component" } }),
  });
});

describe("the standard library of a Rust component", () => {
  const fn = (name: string): string => `golem:it/surroundings.{${name}}`;

  test("gives arguments, and the environment of worker and component", async () => {
    await rust.create("environment", ["one", "two"], { BOTH: "worker", MINE: "1" });
    const worker = rust.worker("environment");
    expect(await worker.call(fn("get-arguments"))).toEqual({ ok: ["one", "two"] });
    const { ok } = (await worker.call(fn("get-environment"))) as { readonly ok: [string, string][] };
    expect(Object.fromEntries(ok)).toEqual({
      BOTH: "worker",
      MINE: "1",
      FROM: "component",
      GOLEM_WORKER_NAME: "environment",
      GOLEM_COMPONENT_ID: rust.id,
      GOLEM_COMPONENT_VERSION: "0",
    });
  });

  test("writes to stdout and stderr, each line once, also when the worker is replayed", async () => {
    const worker = rust.worker("output");
    await worker.call(fn("write-stdout"), "Sample text written to the output");
    await worker.call(fn("write-stderr"), "Sample text written to the error output");
    await worker.crash();
    await worker.call(fn("write-stdout"), "after");
    const output = (await worker.oplog()).flatMap(({ entry }) =>
      entry.type === "Log" ? [[entry["level"], entry["message"]]] : [],
    );
    const text = (level: string): string =>
      output.flatMap(([of, message]) => (of === level ? [message] : [])).join("");
    expect(text("Stdout")).toBe("Sample text written to the output\nafter\n");
    expect(text("Stderr")).toBe("Sample text written to the error output\n");
  });

  test("sleeps, and sees both clocks go on", async () => {
    const [before, after, elapsed] = (await rust.worker("clocks").call(fn("sleep"), 30)) as number[];
    expect(elapsed).toBeGreaterThanOrEqual(29);
    expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(29);
    expect(Math.abs(Number(after) - Date.now())).toBeLessThan(600_000);
  });

  test("draws the same random numbers when it is replayed", async () => {
    const worker = rust.worker("random");
    const first = await worker.call(fn("random"));
    await worker.crash();
    const second = await worker.call(fn("random"));
    expect(new Set([...(first as number[]), ...(second as number[])]).size).toBe(8);
    expect((await worker.metadata()).status).toBe("Idle");
  });
});

describe("the files of a Rust component", () => {
  const fn = (name: string): string => `golem:it/files.{${name}}`;
  const ok = { ok: null };

  test("are written, appended, read, renamed, linked and deleted", async () => {
    const worker = rust.worker("files");
    expect(await worker.call(fn("write-file"), "/testfile.txt", "hello")).toEqual(ok);
    expect(await worker.call(fn("append-file"), "testfile.txt", " world")).toEqual(ok);
    expect(await worker.call(fn("read-file"), "./testfile.txt")).toEqual({ ok: "hello world" });
    expect(await worker.call(fn("create-link"), "/testfile.txt", "/link.txt")).toEqual(ok);
    expect(await worker.call(fn("rename"), "/testfile.txt", "/renamed.txt")).toEqual(ok);
    expect(await worker.call(fn("list-directory"), "/")).toEqual({ ok: ["/link.txt", "/renamed.txt"] });
    expect(await worker.call(fn("delete-file"), "/renamed.txt")).toEqual(ok);
    expect(await worker.call(fn("read-file"), "/link.txt")).toEqual({ ok: "hello world" });
    expect(await worker.call(fn("read-file"), "/renamed.txt")).toEqual({
      err: "No such file or directory (os error 44)",
    });
  });

  test("are in directories", async () => {
    const worker = rust.worker("directories");
    expect(await worker.call(fn("create-directory"), "/test")).toEqual(ok);
    expect(await worker.call(fn("create-directory"), "/test")).toEqual({ err: "File exists (os error 20)" });
    expect(await worker.call(fn("write-file"), "/test/b.txt", "b")).toEqual(ok);
    expect(await worker.call(fn("write-file"), "/test/a.txt", "a")).toEqual(ok);
    expect(await worker.call(fn("list-directory"), "/test")).toEqual({ ok: ["/test/a.txt", "/test/b.txt"] });
    expect(await worker.call(fn("remove-directory"), "/test")).toEqual({
      err: "Directory not empty (os error 55)",
    });
    await worker.call(fn("delete-file"), "/test/a.txt");
    await worker.call(fn("delete-file"), "/test/b.txt");
    expect(await worker.call(fn("remove-directory"), "/test")).toEqual(ok);
    expect(await worker.call(fn("list-directory"), "/")).toEqual({ ok: [] });
  });

  test("have the same content and times after a replay, and can be listed through REST", async () => {
    const worker = rust.worker("times");
    await worker.call(fn("create-directory"), "/test");
    await worker.call(fn("write-file"), "/test/a.txt", "hello");
    const before = await worker.call(fn("get-info"), "/test/a.txt");
    expect(before).toMatchObject({
      ok: { "is-directory": false, "is-file": true, "is-symlink": false, size: 5 },
    });
    await worker.crash();
    expect(await worker.call(fn("get-info"), "/test/a.txt")).toEqual(before);
    const contents = await worker.request("GET", `/file-contents/${encodeURIComponent("test/a.txt")}`);
    expect(contents.body).toBe("hello");
    const { body } = await worker.request("GET", "/files/test");
    expect(body).toMatchObject({ nodes: [{ name: "a.txt", kind: "file", size: 5 }] });
  });
});
