import type { StandardSchema } from "@golem-kit/sdk";
import { openContainer } from "@golem-kit/sdk/blobstore";
import { durable } from "@golem-kit/sdk/durability";
import { identity } from "@golem-kit/sdk/env";
import { writeFile } from "@golem-kit/sdk/fs";
import { openBucket } from "@golem-kit/sdk/keyvalue";
import { createPromise } from "@golem-kit/sdk/promise";

import { codeOf } from "../code-of.ts";

const all = {
  at: new Date(0),
  of: new Map([["tea", [1n, Number.NaN, -0, undefined]]]),
  names: new Set(["tea"]),
  bytes: Uint8Array.of(1, 255),
  numbers: new Float64Array([0.5, Infinity]),
  address: new URL("https://shop.example/tea?n=1"),
  pattern: /te+a/giu,
  error: new RangeError("too much", { cause: new Error("of it") }),
};

/** Says of a value all that it has, without JSON. */
function account({ at, of, names, bytes, numbers, address, pattern, error }: typeof all): string[] {
  const members = Array.from(
    of.get("tea") ?? [],
    (each) => `${typeof each} ${Object.is(each, -0) ? "-0" : each}`,
  );
  return [
    at.toISOString(),
    members.join(),
    `${names.size} ${names.has("tea")}`,
    `${bytes instanceof Uint8Array} ${bytes.join()}`,
    `${numbers instanceof Float64Array} ${numbers.join()}`,
    address.searchParams.get("n") ?? "",
    String(pattern),
    `${error instanceof RangeError} ${error.message} ${(error.cause as Error).message}`,
  ];
}

const dates: StandardSchema<{ at: Date }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (value) =>
      (value as { at: unknown }).at instanceof Date
        ? { value: value as { at: Date } }
        : { issues: [{ message: "expected a date" }] },
  },
};

/** What stores do with values that JSON has no word for. */
export const kinds = {
  "all kinds": async () => {
    using bucket = openBucket<typeof all>(own("kinds"));
    await bucket.set("all", all);
    using container = openContainer(own("kinds"), { create: true });
    await container.putJson("all", all);
    const promise = createPromise<typeof all>();
    await promise.complete(all);
    const read = [
      await bucket.get("all"),
      await container.json<typeof all>("all"),
      await promise.await(),
      await durable("all kinds", all, () => all),
    ];
    return [account(all), ...read.map((each) => each && account(each))];
  },
  dates: async () => {
    using bucket = openBucket(own("dates"), { schema: dates });
    await bucket.set("a", { at: new Date(0) });
    return (await bucket.get("a"))?.at.getTime();
  },
  /** Names that would arrive as other names. */
  "half characters": async () => {
    const half = "\ud800";
    using bucket = openBucket<number>(own("halves"));
    using container = openContainer(own("halves"), { create: true });
    return [
      await codeOf(() => bucket.set(half, 1)),
      await codeOf(() => bucket.getMany(["a", half])),
      await codeOf(() => openBucket(half).get("a")),
      await codeOf(() => container.put(half, "a")),
      await codeOf(() => writeFile(`/${half}`, "a")),
    ];
  },
};

function own(name: string): string {
  return `${identity().workerName}-${name}`;
}
