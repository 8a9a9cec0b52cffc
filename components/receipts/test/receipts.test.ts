import { createHash } from "node:crypto";

import { test } from "@golem-kit/testing";
import { describe, expect } from "vitest";

const FIVE_MEGABYTES = 5 * 1_048_576;

describe("a text", () => {
  test("is read by another worker", async ({ worker }) => {
    await worker("shop:receipts").invoke("write", "o-1.txt", "2 × tea");
    expect(await worker("shop:receipts").invoke("read", "o-1.txt")).toBe("2 × tea");
  });

  test("may be empty", async ({ worker }) => {
    const receipts = worker("shop:receipts");
    await receipts.invoke("write", "empty.txt", "");
    expect(await receipts.invoke("read", "empty.txt")).toBe("");
    expect(await receipts.invoke("part", "empty.txt", 0, 10)).toEqual(new Uint8Array());
    expect(await receipts.invoke("info", "empty.txt")).toMatchObject({ size: 0n });
  });

  test("that is not there is none", async ({ worker }) => {
    const receipts = worker("shop:receipts");
    expect(await receipts.invoke("read", "nothing")).toBeUndefined();
    expect(await receipts.invoke("info", "nothing")).toBeUndefined();
    expect(await receipts.invoke("copy", "nothing", "copy")).toBe(false);
  });
});

describe("a scan of 5 MB", () => {
  const content = Uint8Array.from({ length: FIVE_MEGABYTES }, (_, index) => index % 251);
  const sha256 = createHash("sha256").update(content).digest("hex");

  test("is stored as it was sent", async ({ worker }) => {
    const receipts = worker("shop:receipts");
    expect(await receipts.invoke("scan", "o-2.scan", FIVE_MEGABYTES)).toBe(sha256);
    expect(await receipts.invoke("sum", "o-2.scan")).toBe(sha256);
    expect(await receipts.invoke("info", "o-2.scan")).toMatchObject({
      name: "o-2.scan",
      size: BigInt(FIVE_MEGABYTES),
    });
  });

  test("is copied through a stream", async ({ worker }) => {
    const receipts = worker("shop:receipts");
    await receipts.invoke("scan", "o-3.scan", FIVE_MEGABYTES);
    expect(await receipts.invoke("copy", "o-3.scan", "o-3.copy")).toBe(true);
    expect(await receipts.invoke("sum", "o-3.copy")).toBe(sha256);
  });

  test.for([
    [0, 4],
    [1_000_000, 1_000_016],
    [FIVE_MEGABYTES - 3, FIVE_MEGABYTES],
    [FIVE_MEGABYTES - 3, FIVE_MEGABYTES + 100],
    [9, 9],
  ] as const)("is read from byte %d to %d", async ([start, end], { worker }) => {
    const receipts = worker("shop:receipts");
    await receipts.invoke("scan", "o-4.scan", FIVE_MEGABYTES);
    expect(await receipts.invoke("part", "o-4.scan", start, end)).toEqual(content.slice(start, end));
  });
});

test("files are listed by prefix, archived and removed", async ({ worker }) => {
  const receipts = worker("shop:receipts");
  for (const name of ["2026/a", "2026/b", "2025/c"]) await receipts.invoke("write", name, name);
  const listed = async (prefix: string): Promise<string[]> =>
    (await receipts.invoke("listFiles", prefix)).toSorted();

  expect(await listed("2026/")).toEqual(["2026/a", "2026/b"]);
  await receipts.invoke("archive", "2026/a");
  expect(await listed("2026/")).toEqual(["2026/b"]);
  await receipts.invoke("remove", "2026/b");
  await receipts.invoke("remove", "2026/b");
  expect(await listed("2026/")).toEqual([]);
  expect(await listed("2025/")).toEqual(["2025/c"]);
});
