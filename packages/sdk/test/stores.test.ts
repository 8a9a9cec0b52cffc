import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

describe("a bucket", () => {
  test("keeps values by key, one at a time or many; what is missing is undefined", async () => {
    const [a, c] = [{ n: 1 }, { n: 3 }];
    expect(await lab.run("bucket", "bucket")).toEqual({
      before: [null, false, []],
      all: [
        [c, a],
        [a, null],
        ["a", "b", "c"],
      ],
      left: ["c"],
    });
  });

  test("keeps what its codec makes of values", async () => {
    expect(await lab.run("codecs", "codecs")).toEqual({ bytes: [0xc3, 0xa9], empty: "" });
  });
});

describe("a container", () => {
  test("keeps text, JSON, bytes and streams, gives parts of them, and lists them", async () => {
    expect(await lab.run("container", "container")).toEqual({
      text: "Grüße",
      json: { n: 1 },
      empty: 0,
      emptyStream: "",
      stream: "streamed",
      part: "ame",
      beyond: 0,
      missing: [null, null, null],
      info: 8,
      has: [true, false],
      names: ["text", "json", "empty", "stream"],
      prefixed: ["empty"],
      skipped: ["stream"],
      described: true,
      left: ["empty", "stream"],
      cleared: 0,
    });
  });

  test("has its objects copied and moved to others, and goes with all of them", async () => {
    expect(await lab.run("containers", "containers")).toEqual({
      names: [[], ["copied", "moved"]],
      exist: [false, true],
    });
  });

  test("fails with the operation and the store's own words, and keeps nothing of a source that fails", async () => {
    const missing = "missing-failing";
    expect(await lab.run("failing", "failed stores")).toEqual([
      ["blobstore", "bytes", `bytes("x") of the container "${missing}" failed: Container not found`],
      ["blobstore", "put", `put("x") of the container "${missing}" failed: Container not found`],
      ["blobstore", "copyObject", expect.stringMatching(/^copyObject\("x"\) .* failed: /)],
      ["blobstore", "put", expect.stringMatching(/failed: the source has dried up$/)],
      false,
    ]);
  });
});
