import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost({ shards: 2 });
let mirror: RestComponent;
beforeAll(async () => {
  mirror = await host.deployFixture("mirror");
});

const fn = (type: string): string => `test:mirror-exports/echo.{echo-${type}}`;

/** By a call that waits, and by a future. */
const way = (type: string) => [`first-${type}`, `second-${type}`];

const VALUES: readonly (readonly [string, readonly unknown[]])[] = [
  ["bool", [true, false]],
  ["u8", [0, 255]],
  ["s8", [-128, 127]],
  ["u16", [65_535]],
  ["s16", [-32_768, 32_767]],
  ["u32s", [[0, 4_294_967_295]]],
  ["s32", [-2_147_483_648, 2_147_483_647]],
  ["f32", [0.5, -1.25, 16_777_216]],
  ["f64", [0.1, -1e300, Number.MIN_VALUE]],
  ["char", [97, 0x1_f980, 0x10_ffff]],
  ["string", ["", "crab 🦀 und Öl", "nul \0 inside"]],
  ["bytes", [[], [0, 127, 255]]],
  ["strings", [[], ["a", "", "ü"]]],
  ["tuple", [[7, "seven", true]]],
  [
    "record",
    [
      { x: -1, label: "here", way: [[1, 97]] },
      { x: 0, label: null, way: [] },
    ],
  ],
  ["variant", [{ none: null }, { circle: 1.5 }, { polygon: [{ x: 1, label: "a", way: [] }] }]],
  ["enum", ["red", "deep-blue"]],
  ["flags", [[], ["n0", "n31"], Array.from({ length: 32 }, (_, at) => `n${at}`)]],
  ["option", [null, 5]],
  ["options", [[null, "some of some"]]],
  ["results", [[{ ok: "deep-blue" }, { err: null }, { err: 97 }]]],
  ["units", [[{ ok: null }, { err: null }]]],
];

describe("what is passed from worker to worker and back is the same:", () => {
  test.each(VALUES)("%s", async (type, values) => {
    const worker = mirror.worker(`values-${type}`);
    for (const value of values) expect(await worker.call(fn(type), way(type), value)).toEqual(value);
  });

  test.each([
    ["u64", "18446744073709551615"],
    ["u64", "9007199254740993"],
    ["s64s", "[-9223372036854775808,-9007199254740993,9223372036854775807]"],
  ])("%s to the last digit: %s", async (type, value) => {
    const { text } = await mirror.worker("digits").invokeText(fn(type), JSON.stringify(way("digits")), value);
    expect(text).toContain(`"value":[${value}]`);
  });

  test("options of options, and numbers that JSON has no form for", async () => {
    expect(await mirror.worker("untold").call("test:mirror-exports/calls.{untold}", "first")).toEqual([
      '["none",null]',
      '["some",null]',
      '["some","x"]',
      "NaN",
      "Infinity",
      "-Infinity",
      "-0",
    ]);
  });

  test("in a replay too, which asks nobody", async () => {
    const worker = mirror.worker("replayed");
    const echoAll = async (): Promise<void> => {
      for (const [type, [value]] of VALUES)
        expect(await worker.call(fn(type), ["asked"], value)).toEqual(value);
    };
    await echoAll();
    await mirror.worker("asked").delete();
    await host.restart();
    expect(await worker.call(fn("u8"), [], 1)).toBe(1);
    expect((await mirror.worker("asked").request("GET", "")).status).toBe(404);
  });
});
