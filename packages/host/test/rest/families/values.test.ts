import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"));
});

const fn = (name: string): string => `it:durable/numbers.{${name}}`;

describe("floating point numbers", () => {
  test("that JSON cannot write fail the call, and nothing else", async () => {
    const worker = rust.worker("specials");
    expect(await worker.failure(fn("specials"))).toMatchObject({
      type: "RuntimeError",
      details: expect.stringContaining("JSON"),
    });
    await host.restart();
    expect(await worker.call(fn("echo-f64"), -0.5)).toBe(-0.5);
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("ExportedFunctionCompleted");
  });

  test.each([
    ["echo-f64", 0.1],
    ["echo-f64", Number.MAX_VALUE],
    ["echo-f64", 5e-324],
    ["echo-f32", 16_777_216],
    ["echo-f32", -1.5],
  ])("come back unchanged from %s: %s", async (name, value) => {
    expect(await rust.worker("numbers").call(fn(name), value)).toBe(value);
  });
});
