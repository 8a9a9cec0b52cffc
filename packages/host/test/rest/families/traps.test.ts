import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost({ retryDelays: false });
const components: Record<string, RestComponent> = {};
beforeAll(async () => {
  components["Rust"] = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
  components["C"] = await host.deploy("it:c-values", await foreignComponent("c-values"));
  components["JavaScript"] = await host.deployFixture("probe");
});

const INTERFACES: Readonly<Record<string, string>> = {
  Rust: "golem:it/failures",
  C: "it:c-values/arithmetic@1.2.3",
  JavaScript: "test:probe-exports/api",
};

/** A worker in one of the languages, and how its functions are called. */
function program(language: string, name: string) {
  const component = components[language];
  if (component === undefined) throw new Error(`Nothing is deployed in ${language}`);
  return { worker: component.worker(name), fn: (called: string) => `${INTERFACES[language]}.{${called}}` };
}

const UNREACHABLE = /: wasm trap: wasm `unreachable` instruction executed/;

/** Tried again three times, as Golem does by default. */
const FOUR = 4;

describe("a trap fails the worker, which tells why and how often it tried:", () => {
  test.each([
    ["Rust", "an instruction that cannot be reached", "unreachable", [], UNREACHABLE, FOUR],
    [
      "Rust",
      "memory out of bounds",
      "out-of-bounds",
      [4e9],
      /: wasm trap: out of bounds memory access$/,
      FOUR,
    ],
    [
      "Rust",
      "a null function",
      "call-null",
      [],
      /: wasm trap: undefined element: out of bounds table access$/,
      FOUR,
    ],
    ["Rust", "a panic", "panic", ["no ink"], /#panic[^]*panicked at 'no ink'/, FOUR],
    [
      "Rust",
      "an abort, as there is no memory",
      "exhaust-memory",
      [],
      /abort\n[^]*memory allocation of \d+ bytes/,
      FOUR,
    ],
    [
      "Rust",
      "an endless recursion, which is not tried again",
      "recurse",
      [1e9],
      /: wasm trap: call stack exhausted$/,
      1,
    ],
    ["C", "a division by zero", "divide", [1, 0], /: wasm trap: integer divide by zero$/, FOUR],
    ["C", "an overflow", "divide", [-2_147_483_648, -1], /: wasm trap: integer overflow$/, FOUR],
    [
      "C",
      "a number too large for an integer",
      "truncate",
      [1e300],
      /: wasm trap: invalid conversion to integer$/,
      FOUR,
    ],
    [
      "JavaScript",
      "a thrown error",
      "fail",
      ["no ink"],
      /#fail: wasm trap: [^]*about to fail: no ink\n/,
      FOUR,
    ],
    ["JavaScript", "a thrown text", "trap", ["text"], /#trap: wasm trap: [^]*"a text"/, FOUR],
    [
      "JavaScript",
      "a rejection",
      "trap",
      ["rejection"],
      /rejected\nStack:\n {2}rejection@.*main\.js:\d+/,
      FOUR,
    ],
    ["JavaScript", "a mistake", "trap", ["mistake"], /can't access property "member" of undefined/, FOUR],
    ["JavaScript", "an endless recursion", "trap", ["recursion"], /too much recursion/, FOUR],
  ])("in %s, %s", async (language, title, called, params, text, attempts) => {
    const { worker, fn } = program(language, title.replaceAll(/\W+/g, "-"));
    const { type, details } = await worker.failure(fn(called), ...params);
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(/^error while executing at wasm backtrace:\n {4}0: 0x[0-9a-f]+ - /);
    expect(details).toMatch(text);
    expect(await worker.metadata()).toMatchObject({
      status: "Failed",
      retryCount: attempts,
      lastError: details,
    });
    const errors = (await worker.oplog()).flatMap(({ entry }) =>
      entry.type === "Error" ? [entry["error"]] : [],
    );
    expect(errors).toHaveLength(attempts);
    expect(await worker.failure(fn(called), ...params)).toEqual({
      type: "PreviousInvocationFailed",
      details,
    });
  });

  test("also when the server was restarted since", async () => {
    const { worker, fn } = program("Rust", "restarted");
    const { details } = await worker.failure(fn("unreachable"));
    const before = await worker.metadata();
    await host.restart();
    expect(await worker.metadata()).toEqual(before);
    expect(await worker.failure(fn("unreachable"))).toEqual({ type: "PreviousInvocationFailed", details });
  });
});

describe("an exit is no failure, and is not tried again:", () => {
  test.each([
    ["Rust", "code 0", "exit", [0]],
    ["Rust", "code 3", "exit", [3]],
    ["JavaScript", "success", "leave", []],
    ["JavaScript", "an error", "trap", ["exit"]],
  ])("in %s, with %s", async (language, title, called, params) => {
    const { worker, fn } = program(language, `exits-with-${title.replaceAll(" ", "-")}`);
    for (let call = 0; call < 2; call += 1)
      expect(await worker.failure(fn(called), ...params)).toEqual({ type: "PreviousInvocationExited" });
    expect(await worker.metadata()).toMatchObject({ status: "Exited", retryCount: 0, lastError: null });
    const types = (await worker.oplog()).map(({ entry }) => entry.type);
    expect(types.filter((type) => type === "ExportedFunctionInvoked" || type === "Exited")).toEqual([
      "ExportedFunctionInvoked",
      "Exited",
    ]);
  });
});
