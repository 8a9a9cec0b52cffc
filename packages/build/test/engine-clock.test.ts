import { monotonicClock, wallClock } from "@bytecodealliance/preview2-shim/clocks";
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
  console-time: func() -> list<string>;
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
    const lines = [];
    console.info = console.warn = (...data) => lines.push(data.join(" "));
    console.time("brew");
    console.timeLog("brew", 2, "cups");
    console.time("brew");
    console.timeEnd("brew");
    console.timeEnd("brew");
    console.time();
    console.timeEnd();
    return lines;
  },
};
`;

interface Api {
  promises(): Promise<number>;
  garbage(): Promise<number>;
  date(): Promise<number>;
  timer(): Promise<void>;
  performance(): Promise<Float64Array>;
  origin(): Promise<Float64Array>;
  consoleTime(): Promise<readonly string[]>;
}

let app: TestApplication;
let api: Api;
const read = { monotonic: 0, wall: 0 };
/** In milliseconds. Each test is later than the one before. */
let start = 1_764_000_000_000;
/** What the wall clock shows, reading by reading, since the start of the test; the last one for ever. */
let wallTimes: readonly number[] = [];

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
        const time = start + (wallTimes[read.wall] ?? wallTimes.at(-1) ?? 0);
        read.wall += 1;
        return { seconds: BigInt(Math.floor(time / 1000)), nanoseconds: (time % 1000) * 1_000_000 };
      },
    },
  };
  const exports = await runComponent<{ readonly api: Api }>(built?.wasmPath ?? "", clocks);
  api = exports.api;
});

beforeEach(() => {
  Object.assign(read, { monotonic: 0, wall: 0 });
  wallTimes = [];
  start += 1_000_000;
});

afterAll(() => app[Symbol.asyncDispose]());

test.each([
  ["promises", 3],
  ["garbage", 600_000],
] as const)("the engine reads no clock for its %s", async (name, result) => {
  expect(await api[name]()).toBe(result);
  expect(read).toEqual({ monotonic: 0, wall: 0 });
});

test("the program's date is one reading of the wall clock", async () => {
  expect(await api.date()).toBe(start);
  expect(read).toEqual({ monotonic: 0, wall: 1 });
});

test("a timer reads the clock that it waits for", async () => {
  await api.timer();
  expect(read).toEqual({ monotonic: 1, wall: 0 });
});

test("performance counts milliseconds, and never backwards", async () => {
  wallTimes = [0, 7, 3, 9];
  const [first = 0, ...later] = await api.performance();
  expect(later.map((time) => time - first)).toEqual([7, 7, 9]);
  expect(read).toEqual({ monotonic: 0, wall: 4 });
});

test("performance has an origin in the time of the wall clock, which stays", async () => {
  const [origin = 0, now = 0, again] = await api.origin();
  expect(again).toBe(origin);
  expect(origin + now).toBe(start);
});

test("console.time tells milliseconds of the wall clock", async () => {
  wallTimes = [0, 20, 50, 60, 61];
  expect(await api.consoleTime()).toEqual([
    "brew: 20ms 2 cups",
    "Label 'brew' already exists for console.time()",
    "brew: 50ms",
    "No such label 'brew' for console.timeEnd()",
    "default: 1ms",
  ]);
});

test("a component that is not as componentize-js makes them is refused", () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
  expect(() => stopEngineClock(empty)).toThrow(
    "The engine reads its clock in 0 places of the component, not in one",
  );
});
