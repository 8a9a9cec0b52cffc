import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let c: RestComponent;
beforeAll(async () => {
  c = await host.deploy("it:c-values", await foreignComponent("c-values"));
});

describe("a C component gives back, through JSON,", () => {
  test.each([
    ["bool", [true, false]],
    ["u8", [0, 255]],
    ["s8", [-128, 127]],
    ["u16", [0, 65_535]],
    ["s16", [-32_768, 32_767]],
    ["u32", [0, 4_294_967_295]],
    ["s32", [-2_147_483_648, 2_147_483_647]],
    ["f32", [0.5, -1.25, 16_777_216]],
    ["f64", [0.1, -1e300, Number.MIN_VALUE]],
    ["char", [97, 0x1_f980, 0x10_ffff]],
    ["string", ["", "crab 🦀 und Öl", "nul \0 inside"]],
    ["bytes", [[], [0, 127, 255]]],
    ["numbers", [[], [-1, 0, 1]]],
    ["strings", [[], ["a", "", "ü"]]],
    ["tuple", [[7, "seven", true]]],
    [
      "record",
      [
        { x: -1, y: -2, label: "here" },
        { x: 0, y: 0, label: null },
      ],
    ],
    ["variant", [{ none: null }, { circle: 1.5 }, { polygon: [{ x: 1, y: 2, label: "a" }] }]],
    ["enum", ["red", "green", "deep-blue"]],
    ["small", [[], ["one", "three"]]],
    ["many", [[], ["n0", "n31"], Array.from({ length: 32 }, (_, at) => `n${at}`)]],
    ["option", [null, 5]],
    ["nested", [null, "some of some"]],
    ["result", [{ ok: 1 }, { err: "bad" }]],
    ["unit-result", [{ ok: null }, { err: null }]],
    ["inner-result", [[{ ok: "deep-blue" }, { err: null }, { err: 97 }]]],
  ])("every %s", async (name, values) => {
    const worker = c.worker("echo");
    for (const value of values)
      expect(await worker.call(`it:c-values/echo@1.2.3.{echo-${name}}`, value)).toEqual(value);
  });

  test.each([
    ["u64", ["0", "18446744073709551615"]],
    ["s64", ["-9223372036854775808", "9223372036854775807"]],
  ])("every %s to the last digit", async (name, values) => {
    for (const value of values) {
      const { text } = await c.worker("raw").invokeText(`it:c-values/echo@1.2.3.{echo-${name}}`, value);
      expect(text).toContain(`"value":[${value}]`);
    }
  });

  test.each([
    ["u8", "256"],
    ["u8", "-1"],
    ["s64", "9223372036854775808"],
    ["bool", "1"],
    ["char", "55296"],
    ["enum", '"blue"'],
    ["small", '["four"]'],
    ["variant", '{"square":1}'],
    ["record", '{"x":1}'],
    ["tuple", '[1,"two"]'],
  ])("but no %s that is none: %s", async (name, value) => {
    const { status, text } = await c.worker("raw").invokeText(`it:c-values/echo@1.2.3.{echo-${name}}`, value);
    expect(status).toBe(500);
    expect(text).toContain('"type":"InvalidRequest"');
  });

  test("also when its types are told", async () => {
    const typ = { type: "Option", inner: { type: "U64" } };
    const { body } = await c.worker("typed").request("POST", "/invoke-and-await", {
      query: { function: "it:c-values/echo@1.2.3.{echo-option}" },
      requestBody: { params: [{ typ, value: 3 }] },
    });
    expect(body).toEqual({ result: { typ: { type: "Tuple", items: [typ] }, value: [3] } });
  });
});

describe("a C component fails", () => {
  const fn = (name: string): string => `it:c-values/arithmetic@1.2.3.{${name}}`;

  test.each([
    ["divide", [1, 0], "integer divide by zero"],
    ["divide", [-2_147_483_648, -1], "integer overflow"],
    ["truncate", [1e300], "invalid conversion to integer"],
  ])("when it has to %s %j", async (name, params, trap) => {
    const { details } = await c.worker(trap.replaceAll(" ", "-")).failure(fn(name), ...params);
    expect(details).toMatch(
      /^error while executing at wasm backtrace:\n {4}0: 0x[0-9a-f]+ - <unknown>!<wasm function \d+>/,
    );
    expect(details).toMatch(new RegExp(`: wasm trap: ${trap}$`));
  });
});

describe("a C component", () => {
  test("exports functions of the world itself", async () => {
    expect(await c.worker("greeter").call("greet", "Ada")).toBe("Hello, Ada!");
  });

  test("is updated by the snapshot interfaces of version 0.2.0", async () => {
    const worker = c.worker("snapshot");
    const count = "it:c-values/arithmetic@1.2.3.{count}";
    await worker.call(count);
    await worker.call(count);
    await host.post(`${c.path}/updates`, { component: await foreignComponent("c-values") });
    const requestBody = { mode: "Manual", targetVersion: 1 };
    expect((await worker.request("POST", "/update", { requestBody })).status).toBe(200);
    expect(await worker.call(count)).toBe(3);
    expect(await worker.metadata()).toMatchObject({
      componentVersion: 1,
      updates: [{ type: "successfulUpdate", targetVersion: 1 }],
    });
  });
});
