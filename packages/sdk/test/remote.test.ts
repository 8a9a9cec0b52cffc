import type { RpcError } from "golem:rpc/types@0.2.0";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { isRemoteError, RemoteError, remoteErrorOf } from "../src/remote/remote-error.ts";
import { type Lab, openLab } from "./lab.ts";

test.each<RpcError>([
  { tag: "protocol-error", val: "unknown function" },
  { tag: "denied", val: "not yours" },
  { tag: "not-found", val: "no such worker" },
  { tag: "remote-internal-error", val: "trap" },
])("$tag is an exception with the platform's own words", (cause) => {
  const error = remoteErrorOf(cause, "shop:counter/visits", "add");
  expect(error).toMatchObject({ name: "RemoteError", code: cause.tag, operation: "add" });
  expect(error.cause).toBe(cause);
  expect(error.message).toBe(`Calling add of shop:counter/visits failed (${cause.tag}): ${cause.val}`);
  expect(isRemoteError(error, cause.tag)).toBe(true);
  expect(isRemoteError(error, "unknown-component")).toBe(false);
});

test("an error of another copy of the package is recognised", async () => {
  const copy: { readonly remoteErrorOf: typeof remoteErrorOf } = await import(
    `${import.meta.resolve("../src/remote/remote-error.ts")}?copy`
  );
  const error = copy.remoteErrorOf({ tag: "denied", val: "not yours" }, "a/b", "add");
  expect(error).not.toBeInstanceOf(RemoteError);
  expect(isRemoteError(error, "denied")).toBe(true);
});

describe("in a component", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  }, 180_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  test("each ephemeral target is a worker of its own", async () => {
    expect(await lab.wait("by-name", "ephemerals")).toEqual([["only the first"], [], "unnamed"]);
  });

  test("failures have a code, the function and the platform's words", async () => {
    const unknown = {
      name: "RemoteError",
      code: "protocol-error",
      operation: "sdk:lab-exports/api.{unknown}",
      cause: { tag: "protocol-error", val: expect.stringContaining("unknown") },
    };
    expect(await lab.wait("by-name", "remoteFailures")).toMatchObject([
      { ...unknown, message: expect.stringContaining("sdk:lab/failing-by-name") },
      unknown,
      { ...unknown, message: expect.stringContaining("an ephemeral worker of sdk:lab") },
      { code: "remote-internal-error", cause: { tag: "remote-internal-error" } },
      { code: "unknown-component", operation: "ephemeralWorker" },
    ]);
  });

  test("what was let go of is not called, and may be let go of again", async () => {
    const disposed = { name: "RemoteError", code: "disposed", operation: "sdk:lab-exports/api.{remind}" };
    expect(await lab.wait("by-name", "disposed")).toMatchObject([disposed, disposed, disposed]);
  });

  test("a result of another type than was said is refused, with its place", async () => {
    expect(await lab.wait("by-name", "unlikely")).toBe(
      'WitValueError: The value at [0] is "prim-string", but its type is u32.',
    );
  });

  test("values and their types are taken from what holds both", async () => {
    expect(await lab.wait("by-name", "typedValues")).toEqual([
      "tea",
      { nodes: [{ tag: "prim-string-type" }] },
    ]);
  });
});
