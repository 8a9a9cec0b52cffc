import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("state, %s:", (half) => {
  test("a value is written and read", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("key-value", name, "Green tea")).toBe("Green tea");
    expect(await call("key-value", name, "")).toBe("");
  });

  test("several values are written, read and removed at once", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("key-values", name, ["tea", "mug", "cup"])).toEqual(["cup", "mug"]);
  });

  test("an object is written, read in part and listed", async ({ guest }) => {
    const { name, call } = guest(half);

    const first = await call("blob-store", name, "a.txt", "hello world");
    expect(first).toEqual({ size: 11n, beginning: "hello", objects: ["a.txt"] });
    const second = await call("blob-store", name, "b.txt", "");
    expect(second).toEqual({ size: 0n, beginning: "", objects: ["a.txt", "b.txt"] });
  });

  test("a file is written, read and listed, and is there after a crash", async ({ guest, host }) => {
    const { worker, call } = guest(half);

    const file = await call("filesystem", "letters", "a.txt", "Dear Ada");
    expect(file).toEqual({ size: 8n, content: "Dear Ada", files: ["a.txt"] });
    await worker.crash();
    expect(await call("filesystem", "bills", "b.txt", "")).toEqual({
      size: 0n,
      content: "",
      files: ["b.txt"],
    });
    const content = await host.workers.fileContents(worker.id, "/letters/a.txt");
    expect(new TextDecoder().decode(content)).toBe("Dear Ada");
  });

  test("variables are state, too", async ({ guest }) => {
    const { worker } = guest(half);
    await worker.invoke("note", "tea");
    await worker.crash();

    expect(await worker.invoke("note", "mug")).toBe(2);
    expect(await worker.invoke("notes")).toEqual(["tea", "mug"]);
  });
});
