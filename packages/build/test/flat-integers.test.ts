import { afterAll, beforeAll, expect, test } from "vitest";
import { TestApplication } from "./application.ts";
import { runComponent } from "./run-component.ts";

/** The same functions as an export and as an import: what comes back must be what was sent. */
const functions = `
  record point { x: s64, y: option<s64>, z: u64 }
  record point32 { x: u32, y: option<u32>, z: s32 }
  variant shape { dot(s64), none }
  variant number { exact(u64), approximate(f64), rough(f32), small(s32), least(s8), large(s64), u(u32), word(string), none }
  mixed: func(n: number) -> number;
  flat: func(n: s64) -> s64;
  unsigned: func(n: u64) -> u64;
  flat32: func(n: u32) -> u32;
  in-record32: func(p: point32) -> point32;
  in-option32: func(n: option<u32>) -> option<u32>;
  in-record: func(p: point) -> point;
  in-variant: func(s: shape) -> shape;
  in-option: func(n: option<s64>) -> option<s64>;
  in-nested-option: func(n: option<option<s64>>) -> option<option<s64>>;
  in-tuple: func(t: tuple<s64, u8>) -> tuple<s64, u8>;
  in-list: func(l: list<s64>) -> list<s64>;
  in-list-of-records: func(l: list<point>) -> list<point>;
  in-result: func(n: result<s64, s64>) -> s64;
  ok-or-error: func(n: s64) -> result<s64, s64>;
  many: func(a: s64, b: s64, c: s64, d: s64, e: s64, f: s64, g: s64, h: s64, i: s64, j: s64, k: s64, l: s64, m: s64, n: s64, o: s64, p: s64, q: s64) -> s64;
`;

const wit = `package test:signed;

interface api {${functions}
  resource counter {
    constructor(start: s64);
    add: func(n: s64) -> s64;
    sum: static func(a: s64, b: s64) -> s64;
  }
}

world signed {
  import test:host/echo;
  export api;
}
`;

const program = `
import * as echo from "test:host/echo";

class Counter {
  value: bigint;
  constructor(start: bigint) { this.value = echo.flat(start); }
  add(n: bigint) { return (this.value += n); }
  static sum(a: bigint, b: bigint) { return a + b; }
}

/** A value that arrives wrong must not be put right by being sent on. */
function exact(n: bigint) {
  if (n > 2n ** 63n - 1n) throw new Error("arrived as " + n);
  return n;
}

export const api = {
  Counter,
  mixed: (n: unknown) => echo.mixed(n),
  flat: (n: bigint) => exact(echo.flat(exact(n))),
  unsigned: (n: bigint) => echo.unsigned(n),
  flat32: (n: number) => echo.flat32(n),
  inRecord32: (p: echo.Point32) => echo.inRecord32(p),
  inOption32: (n: number | undefined) => echo.inOption32(n),
  inRecord: (p: echo.Point) => { exact(p.x); const back = echo.inRecord(p); exact(back.x); return back; },
  inVariant: (s: echo.Shape) => { if (s.tag === "dot") exact(s.val); return echo.inVariant(s); },
  inOption: (n: bigint | undefined) => { const back = echo.inOption(n); return back === undefined ? back : exact(back); },
  inNestedOption: (n: unknown) => echo.inNestedOption(n),
  inTuple: ([n, small]: [bigint, number]) => { const back = echo.inTuple([exact(n), small]); exact(back[0]); return back; },
  inList: (l: BigInt64Array) => echo.inList(l),
  inListOfRecords: (l: echo.Point[]) => echo.inListOfRecords(l),
  inResult: (n: { tag: string, val: bigint }) => exact(echo.inResult({ tag: n.tag, val: exact(n.val) })),
  okOrError: (n: bigint) => exact(echo.okOrError(exact(n))),
  many: (...all: bigint[]) => exact(echo.many(...all.map(exact))),
};
`
  .replaceAll("echo.Point32", "{ x: number, y?: number, z: number }")
  .replaceAll("echo.Point", "{ x: bigint, y?: bigint, z: bigint }")
  .replaceAll("echo.Shape", "{ tag: string, val: bigint }");

interface Echo {
  mixed(n: object): object;
  flat(n: bigint): bigint;
  unsigned(n: bigint): bigint;
  flat32(n: number): number;
  inRecord32(p: object): object;
  inOption32(n: number | undefined): number | undefined;
  inRecord(p: object): object;
  inVariant(s: object): object;
  inOption(n: bigint | undefined): bigint | undefined;
  inNestedOption(n: object): object;
  inTuple(t: readonly [bigint, number]): readonly [bigint, number];
  inList(l: BigInt64Array): BigInt64Array;
  inListOfRecords(l: readonly object[]): readonly object[];
  inResult(n: object): bigint;
  okOrError(n: bigint): bigint;
  many(...all: readonly bigint[]): bigint;
}

interface Exports {
  readonly api: Echo & {
    readonly Counter: {
      new (start: bigint): { add(n: bigint): bigint };
      sum(a: bigint, b: bigint): bigint;
    };
  };
}

const seen: unknown[] = [];
function back<T>(value: T): T {
  seen.push(value);
  return value;
}

const host: Echo = {
  mixed: back,
  flat: back,
  unsigned: back,
  flat32: back,
  inRecord32: back,
  inOption32: back,
  inRecord: back,
  inVariant: back,
  inOption: back,
  inNestedOption: back,
  inTuple: back,
  inList: back,
  inListOfRecords: back,
  inResult: (n) => back(Reflect.get(n, "val")),
  okOrError(n) {
    back(n);
    if (n < -100n) throw Object.assign(new Error("too low"), { payload: n });
    return n;
  },
  many: (...all) => back(all.reduce((sum, n) => sum + n)),
};

let app: TestApplication;
let api: Exports["api"];

beforeAll(async () => {
  app = await TestApplication.create({
    "components/signed/golem.yaml": "components:\n  test:signed:\n    template: ts\n",
    "components/signed/wit/signed.wit": wit,
    "components/signed/wit/deps/host/echo.wit": `package test:host;\n\ninterface echo {${functions}}\n`,
    "components/signed/src/main.ts": program,
  });
  const [built] = await app.build();
  api = (await runComponent<Exports>(built?.wasmPath ?? "", { "test:host/echo": host })).api;
}, 120_000);

afterAll(() => app[Symbol.asyncDispose]());

/** What the host saw last. */
const hostSaw = () => seen.at(-1);

const low = -(2n ** 63n);

test.each([-12n, 0n, 12n, low, 2n ** 63n - 1n])("as parameter and result: %d", (n) => {
  expect(api.flat(n)).toBe(n);
  expect(hostSaw()).toBe(n);
});

test("unsigned numbers stay unsigned", () => {
  expect(api.unsigned(2n ** 64n - 12n)).toBe(2n ** 64n - 12n);
  expect(hostSaw()).toBe(2n ** 64n - 12n);
});

test.each([0, 2 ** 31 - 1, 2 ** 31, 3_000_000_000, 2 ** 32 - 1])("of 32 bits, unsigned: %d", (n) => {
  expect(api.flat32(n)).toBe(n);
  expect(hostSaw()).toBe(n);
  const point = { x: n, y: n, z: -5 };
  expect(api.inRecord32(point)).toEqual(point);
  expect(hostSaw()).toEqual(point);
  expect(api.inOption32(n)).toBe(n);
  expect(hostSaw()).toBe(n);
});

test("in a record", () => {
  const point = { x: -1n, y: -2n, z: 2n ** 64n - 3n };
  expect(api.inRecord(point)).toEqual(point);
  expect(hostSaw()).toEqual(point);
});

test("in a variant", () => {
  expect(api.inVariant({ tag: "dot", val: -5n })).toEqual({ tag: "dot", val: -5n });
  expect(hostSaw()).toEqual({ tag: "dot", val: -5n });
});

test("in an option", () => {
  expect(api.inOption(-5n)).toBe(-5n);
  expect(hostSaw()).toBe(-5n);
  expect(api.inOption(undefined)).toBeUndefined();
});

test("in an option in an option", () => {
  expect(api.inNestedOption({ tag: "some", val: -5n })).toEqual({ tag: "some", val: -5n });
  expect(hostSaw()).toEqual({ tag: "some", val: -5n });
});

test("in a tuple", () => {
  expect(api.inTuple([-7n, 200])).toEqual([-7n, 200]);
  expect(hostSaw()).toEqual([-7n, 200]);
});

test("in a list", () => {
  const list = BigInt64Array.of(-1n, 2n, low);
  expect([...api.inList(list)]).toEqual([...list]);
  expect(Array.from(hostSaw() as BigInt64Array)).toEqual([...list]);
});

test("in a list of records", () => {
  const points = [{ x: low, y: undefined, z: 1n }];
  expect(api.inListOfRecords(points)).toEqual(points);
});

test("in both cases of a result that is a parameter", () => {
  expect(api.inResult({ tag: "ok", val: -8n })).toBe(-8n);
  expect(api.inResult({ tag: "err", val: -9n })).toBe(-9n);
  expect(hostSaw()).toBe(-9n);
});

test("in both cases of a result that is returned", () => {
  expect(api.okOrError(-10n)).toBe(-10n);
  expect(() => api.okOrError(-200n)).toThrow(expect.toSatisfy((error) => error === -200n));
});

test("among more parameters than fit into registers", () => {
  expect(api.many(...Array.from({ length: 17 }, () => -1n))).toBe(-17n);
});

test("in a resource: constructor, method and static function", () => {
  expect(new api.Counter(-5n).add(-1n)).toBe(-6n);
  expect(api.Counter.sum(-3n, -4n)).toBe(-7n);
});

test.each([
  { tag: "approximate", val: -1.5 },
  { tag: "approximate", val: Number.NEGATIVE_INFINITY },
  { tag: "approximate", val: -0 },
  { tag: "approximate", val: Number.NaN },
  { tag: "rough", val: -1.5 },
  { tag: "rough", val: -0 },
  { tag: "small", val: -1 },
  { tag: "small", val: -(2 ** 31) },
  { tag: "least", val: -128 },
  { tag: "large", val: low },
  { tag: "exact", val: 2n ** 64n - 1n },
  { tag: "u", val: 2 ** 32 - 1 },
  { tag: "word", val: "tea" },
  { tag: "none" },
])("beside integers of 64 bits: %o", (value) => {
  expect(api.mixed(value)).toEqual(value);
  expect(hostSaw()).toEqual(value);
});
