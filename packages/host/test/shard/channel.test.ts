import { describe, expect, test } from "vitest";

import { GolemError } from "../../src/ground/golem-error.ts";
import { StorageError } from "../../src/ground/storage-error.ts";
import { Channel } from "../../src/shard/channel.ts";

type Adder = { readonly add: (a: number, b: number) => number | Promise<number> };

/** Two channels, one on each end of a wire. */
function connect(operations: Adder): Channel<Adder> {
  const far: Channel<Adder> = new Channel<Adder>({
    postMessage: (message) => near.receive(structuredClone(message)),
  });
  const near = new Channel<Adder>({ postMessage: (message) => far.receive(structuredClone(message)) });
  far.serve(operations);
  return near;
}

describe("a channel", () => {
  test("calls the operations of the other side", async () => {
    expect(await connect({ add: (a, b) => a + b }).call("add", 1, 2)).toBe(3);
    expect(await connect({ add: async (a, b) => a + b }).call("add", 1, 2)).toBe(3);
  });

  test("brings Golem's errors as they were", async () => {
    const detail = { type: "InvalidRequest", details: "no" } as const;
    const near = connect({ add: () => Promise.reject(new GolemError(detail)) });
    await expect(near.call("add", 1, 2)).rejects.toMatchObject({ name: "GolemError", detail });
  });

  test("brings the disk's errors as they were, also as the cause of one of Golem's", async () => {
    const cause = new StorageError("Cannot use oplog-0.sqlite: no space", { isDamage: false });
    const error = new GolemError({ type: "Unknown", details: cause.message }, { cause });
    const near = connect({ add: (a) => Promise.reject(a === 1 ? cause : error) });
    await expect(near.call("add", 1, 2)).rejects.toEqual(cause);
    await expect(near.call("add", 2, 2)).rejects.toMatchObject({ name: "GolemError", cause });
  });

  test("brings other errors with their names", async () => {
    const near = connect({
      add() {
        throw new RangeError("too much");
      },
    });
    await expect(near.call("add", 1, 2)).rejects.toMatchObject({ name: "RangeError", message: "too much" });
  });

  test("asks again when the other side begins anew", async () => {
    const channel = new Channel<Adder>({ postMessage: () => undefined });
    const lost = channel.call("add", 1, 2);
    channel.reconnect({ postMessage: () => channel.receive({ type: "value", id: 0, value: 3 }) });
    expect(await lost).toBe(3);
  });

  test("does not give the answer to a lost side to its successor", async () => {
    const answers = Promise.withResolvers<number>();
    const posted: unknown[] = [];
    const channel = new Channel<Adder>({ postMessage: (message) => posted.push(message) });
    channel.serve({ add: () => answers.promise });
    channel.receive({ type: "call", id: 0, name: "add", args: [1, 2] });
    channel.reconnect({ postMessage: (message) => posted.push(message) });
    answers.resolve(3);
    await answers.promise;
    expect(posted).toEqual([]);
  });

  test("fails what is open and what follows once it has ended", async () => {
    const channel = new Channel<Adder>({ postMessage: () => undefined });
    const open = channel.call("add", 1, 2);
    channel.end(new Error("over"));
    await expect(open).rejects.toThrow("over");
    await expect(channel.call("add", 1, 2)).rejects.toThrow("over");
  });
});
