import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Guest } from "./guest.ts";

const wit = `
interface api {
  record reason { code: option<u32>, note: option<string> }
  plain: func(what: string) -> string;
  bare: func(what: string) -> result;
  value: func(what: string) -> result<string>;
  number: func(what: string) -> result<_, u32>;
  fields: func(what: string) -> result<_, reason>;
  text: func(what: string) -> result<_, string>;
}

world guest { export api; }
`;

const program = `
class Priced extends Error { constructor(payload: unknown) { super("priced"); this.payload = payload; } declare payload: unknown; }
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));

const throwing: Record<string, () => unknown> = {
  accident: () => (undefined as unknown as { x: string }).x,
  error: () => { throw new Error("boom", { cause: new RangeError("inner") }); },
  async rejection() { await null; throw new AggregateError([new Error("one"), "two"], "several"); },
  exception: () => { throw new DOMException("the message", "NotSupportedError"); },
  aborted: () => { const c = new AbortController(); c.abort(); c.signal.throwIfAborted(); return ""; },
  async timedOut() { const signal = AbortSignal.timeout(5); await pause(); signal.throwIfAborted(); return ""; },
  lost: () => { void Promise.reject(new TypeError("lost")); return "ok"; },
  async lostLater() { void (async () => { await new Promise((r) => setTimeout(r, 5)); throw new Error("later"); })(); await pause(); return "ok"; },
  async handled() { const late = Promise.reject(new Error("late")); await null; await null; await late.catch(() => {}); return "ok"; },
  async both() { void Promise.reject(new Error("lost")); throw new Error("thrown"); },
  object: () => { throw { code: 5 }; },
  number: () => { throw 7; },
  text: () => { throw "sold out"; },
  payload: () => { throw new Priced("too dear"); },
  async timer() { setTimeout(() => { throw new TypeError("late"); }, 10); await pause(); return "ok"; },
  async interval() { setInterval(() => { throw new Error("again and again"); }, 10); await pause(); return "ok"; },
  async microtask() { queueMicrotask(() => { throw new Error("soon"); }); await pause(); return "ok"; },
  hostile: () => { throw new Proxy(new Error("x"), { get() { throw new Error("trap"); } }); },
  getter: () => { throw Object.defineProperty(new Error(), "message", { get() { throw new Error("no"); } }); },
  circle: () => { const e = new Error("round"); e.cause = e; throw e; },
};

const run = (what: string) => throwing[what]!() as string;
export const api = { plain: run, bare: run, value: run, number: run, fields: run, text: run };
`;

let guest: Guest;
beforeAll(async () => {
  guest = await Guest.load(wit, program);
}, 120_000);
afterAll(() => guest[Symbol.asyncDispose]());

describe("what is thrown by accident fails the attempt with its name, message and place", () => {
  test.each(["plain", "bare", "value", "number", "fields", "text"])("of %s", async (name) => {
    const { failure } = await guest.call(name, "accident");

    expect(failure).toMatch(
      /^TypeError: can't access property "x".*\nStack:\n {2}accident@test_guest\.js:\d+:\d+\n/,
    );
  });

  test("with its causes", async () => {
    const { failure } = await guest.call("bare", "error");

    expect(failure).toMatch(
      /^boom\nStack:\n {2}error@test_guest\.js[^]*\n\nCaused by: RangeError: inner\nStack:\n {2}error@test_guest\.js/,
    );
  });

  test("with its parts, out of a function that has waited", async () => {
    const { failure } = await guest.call("number", "rejection");

    expect(failure).toMatch(
      /^AggregateError: several\nStack:\n {2}rejection@[^]*\n\nPart 1: one\nStack:\n[^]*\n\nPart 2: "two"$/,
    );
  });

  test.each([
    ["exception", "NotSupportedError: the message"],
    ["aborted", "AbortError: This operation was aborted"],
  ])("as a DOMException: %s", async (what, head) => {
    const { failure } = await guest.call("plain", what);

    expect(failure).toMatch(new RegExp(`^${head}\\nStack:\\n(  .*\\n)*  ${what}@test_guest\\.js:`));
  });
});

test("the reason of a signal that the engine aborts is told", async () => {
  expect((await guest.call("plain", "timedOut")).failure).toMatch(/^TimeoutError: /);
});

describe("what is thrown on purpose is the answer", () => {
  test.each([
    ["text", "text", "sold out"],
    ["text", "payload", "too dear"],
    ["number", "number", 7],
    ["fields", "object", { code: 5, note: undefined }],
  ])("of %s, by %s", async (name, what, val) => {
    expect(await guest.call(name, what)).toMatchObject({ answer: { tag: "err", val } });
  });

  test("unless it is of another type, which is told with what was thrown", async () => {
    const { failure } = await guest.call("text", "object");

    expect(failure).toMatch(
      /^TypeError: what was thrown is no `err` of the function's type, and no Error: [^]*Caused by: \{ code: 5 \}/,
    );
  });
});

describe("what is thrown by a callback fails the attempt", () => {
  test.each([
    ["timer", "TypeError: late"],
    ["interval", "again and again"],
    ["microtask", "soon"],
  ])("of a %s", async (what, head) => {
    const { failure } = await guest.call("plain", what);

    expect(failure).toMatch(new RegExp(`^${head}\\nStack:\\n  ${what}/<@test_guest\\.js:`));
  });
});

describe("a promise that is rejected and that nobody handles", () => {
  test.each([
    ["lost", "TypeError: lost"],
    ["lostLater", "later"],
  ])("is told by the log, with its place: %s", async (what, head) => {
    const { answer, written } = await guest.call("plain", what);

    expect(answer).toBe("ok");
    expect(written).toMatch(
      new RegExp(
        `^A promise was rejected, and nobody handled it: ${head}\\nStack:\\n(  .*\\n)*  .*${what}.*@test_guest`,
      ),
    );
    expect(written.match(/nobody handled/g)).toHaveLength(1);
  });

  test("is told beside what fails the attempt", async () => {
    const { failure } = await guest.call("plain", "both");

    expect(failure).toMatch(/^A promise was rejected, and nobody handled it: lost\n[^]*\nthrown\nStack:/);
  });

  test("is none if it is handled a little later", async () => {
    expect(await guest.call("plain", "handled")).toEqual({ answer: "ok", written: "" });
  });
});

test.each([
  ["hostile", /^Error \{\}$/],
  ["getter", /^\[unreadable message\]\nStack:/],
  ["circle", /^round\nStack:[^]*\n\nCaused by: \[circular\]$/],
])("an error that cannot be read is told as far as it can: %s", async (what, told) => {
  expect((await guest.call("plain", what)).failure).toMatch(told);
});
