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
      sizes: [7, null],
      left: ["c"],
    });
  });

  test("keeps what its codec makes of values", async () => {
    expect(await lab.run("codecs", "codecs")).toEqual({ bytes: [0xc3, 0xa9], empty: "" });
  });
});

test("buckets, containers, promises and durable steps give back whatever kind of value they were given", async () => {
  const [given, ...read] = (await lab.run("kinds", "all kinds")) as string[][];

  expect(given).toEqual([
    "1970-01-01T00:00:00.000Z",
    "bigint 1,number NaN,number -0,undefined undefined",
    "1 true",
    "true 1,255",
    "true 0.5,Infinity",
    "1",
    "/te+a/giu",
    "true too much of it",
  ]);
  expect(read).toEqual([given, given, given, given]);
});

test("a schema checks the value that will be read", async () => {
  expect(await lab.run("dates", "dates")).toBe(0);
});

test("names that would become other names are refused", async () => {
  expect(await lab.run("halves", "half characters")).toEqual([
    "keyvalue-invalid-name",
    "keyvalue-invalid-name",
    "keyvalue-invalid-name",
    "blobstore",
    "EILSEQ",
  ]);
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
      unbounded: 7,
      missing: [null, null, null],
      info: 8,
      has: [true, false],
      names: ["empty", "json", "stream", "text"],
      prefixed: ["empty"],
      skipped: ["text"],
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
    const notFound = "Container not found";
    expect(await lab.run("failing", "failed stores")).toEqual([
      [
        "blobstore",
        "bytes",
        `bytes("x") of the container "${missing}" failed: Container not found`,
        notFound,
      ],
      ["blobstore", "put", `put("x") of the container "${missing}" failed: Container not found`, notFound],
      [
        "blobstore",
        "describe",
        `describe of the container "${missing}" failed: Container not found`,
        notFound,
      ],
      [
        "blobstore",
        "list",
        expect.stringMatching(/failed: skip is -1; it must be a whole number/),
        "undefined",
      ],
      [
        "blobstore",
        "copyObject",
        expect.stringMatching(/^copyObject\("x"\) .* failed: /),
        "Object does not exist",
      ],
      [
        "blobstore",
        "put",
        expect.stringMatching(/failed: the source has dried up$/),
        "Error: the source has dried up",
      ],
      false,
    ]);
  });
});

test("bytes are handed on from store to store as they are", async () => {
  expect(await lab.run("handing", "bytes handed on")).toEqual([true, [1, 2, 3]]);
});

test("a stream of text in place of bytes is refused, with the text", async () => {
  const refused = expect.stringContaining('A chunk that is to be written is "text", and not a Uint8Array');
  expect(await lab.run("texts", "text for bytes")).toEqual([
    ["blobstore", "put", refused, expect.stringMatching(/^SdkError: /)],
    ["not-bytes", "write", refused, "undefined"],
  ]);
});

describe("memory", () => {
  /** Bytes that a worker's memory grows by in a scenario, beyond what one of 1 MiB takes. */
  async function growth(scenario: string, mebibytes: number): Promise<number> {
    const workerName = `${scenario.replace(" ", "-")}-${mebibytes}`;
    const size = async (): Promise<number> =>
      (await lab.host.workers.get({ componentId: lab.componentId, workerName })).totalLinearMemorySize;
    await lab.run(workerName, scenario, "1");
    const before = await size();
    expect(await lab.run(workerName, scenario, String(mebibytes))).toBeTruthy();
    return (await size()) - before;
  }

  // What is read is collected by the engine now and then, not at once: memory grows up to a bound, and no further.
  test.for([
    { scenario: "large object", what: "written and read", bound: 64 },
    { scenario: "large file", what: "written, copied and read", bound: 128 },
  ])("does not grow with a $scenario of 100 MiB that is $what", async ({ scenario, bound }) => {
    expect(await growth(scenario, 100)).toBeLessThan(bound * 1_048_576);
  });
});
