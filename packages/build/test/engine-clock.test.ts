import { monotonicClock, wallClock } from "@bytecodealliance/preview2-shim/clocks";
import { WASIShim } from "@bytecodealliance/preview2-shim/instantiation";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stopEngineClock } from "../src/componentize/engine-clock.ts";
import { component, TestApplication } from "./application.ts";
import { runComponent } from "./run-component.ts";

const wit = `
interface api {
  promises: func() -> u32;
  garbage: func() -> u32;
  date: func() -> f64;
  timer: func();
  performance: func() -> list<f64>;
  origin: func() -> list<f64>;
  console-time: func();
}

world timing { export api; }
`;

const program = `
const timeout = () => new Promise((resolve) => setTimeout(resolve, 1));

export const api = {
  async promises() {
    return (await Promise.all([1, 2, 3].map(async (each) => each))).length;
  },
  garbage() {
    let made = 0;
    for (let round = 0; round < 300_000; round += 1) made += [round, { round }].length;
    return made;
  },
  date: () => Date.now(),
  timer: timeout,
  performance: () => [performance.now(), performance.now(), globalThis.performance.now(), performance.now()],
  origin: () => [performance.timeOrigin, performance.now(), performance.timeOrigin],
  consoleTime() {
    console.time("brew");
    console.timeLog("brew", { cups: 2 });
    console.time("brew");
    console.timeEnd("brew");
    console.timeEnd("brew");
    console.time();
    console.timeEnd();
  },
};
`;

type Api = Readonly<Record<string, () => unknown>>;

let app: TestApplication;
let api: Api;
const read = { monotonic: 0, wall: 0 };
/** In milliseconds: what the wall clock shows, reading by reading; the last one for ever. */
let wallTimes: number[] = [];

beforeAll(async () => {
  app = await TestApplication.create(component("timing", wit, program));
  const [built] = await app.build();
  const clocks = {
    "wasi:clocks/monotonic-clock": {
      ...monotonicClock,
      now: () => {
        read.monotonic += 1;
        return monotonicClock.now();
      },
    },
    "wasi:clocks/wall-clock": {
      ...wallClock,
      now: () => {
        read.wall += 1;
        const time = (wallTimes.length > 1 ? wallTimes.shift() : wallTimes[0]) ?? 0;
        return { seconds: BigInt(Math.floor(time / 1000)), nanoseconds: (time % 1000) * 1_000_000 };
      },
    },
  };
  const exports = await runComponent<{ readonly api: Api }>(built?.wasmPath ?? "", clocks);
  api = exports.api;
});

beforeEach(() => {
  Object.assign(read, { monotonic: 0, wall: 0 });
  wallTimes = [1000];
});

afterAll(() => app[Symbol.asyncDispose]());

test.each([
  ["promises", 3],
  ["garbage", 600_000],
])("the engine reads no clock for its %s", async (name, result) => {
  expect(await api[name]?.()).toBe(result);
  expect(read).toEqual({ monotonic: 0, wall: 0 });
});

test("the program's date is one reading of the wall clock", async () => {
  wallTimes = [1_764_000_000_123];
  expect(await api["date"]?.()).toBe(1_764_000_000_123);
  expect(read).toEqual({ monotonic: 0, wall: 1 });
});

test("a timer reads the clock that it waits for", async () => {
  await api["timer"]?.();
  expect(read).toEqual({ monotonic: 1, wall: 0 });
});

test("performance counts milliseconds from its first reading, and never backwards", async () => {
  const before = Math.max(...((await api["performance"]?.()) as number[]));
  wallTimes = [10_000, 10_007, 9_000, 10_009].map((time) => time + 5_000_000);
  const [first = 0, ...later] = (await api["performance"]?.()) as Float64Array;
  expect(first).toBeGreaterThanOrEqual(before);
  expect(later.map((time) => time - first)).toEqual([7, 7, 9]);
  expect(read).toEqual({ monotonic: 0, wall: 8 });
});

test("performance has an origin in the time of the wall clock, which stays", async () => {
  wallTimes = [2_000_000];
  const [origin = 0, now = 0, again] = (await api["origin"]?.()) as Float64Array;
  expect(again).toBe(origin);
  expect(origin + now).toBeGreaterThanOrEqual(2_000_000);
});

test("a component that is not as componentize-js makes them is refused", () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
  expect(() => stopEngineClock(empty)).toThrow(
    "The engine reads its clock in 0 places of the component, not in one",
  );
});
