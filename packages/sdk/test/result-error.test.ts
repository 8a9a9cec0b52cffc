import { runInNewContext } from "node:vm";

import { expect, test } from "vitest";

import { payloadOf } from "../src/result-error.ts";

test("the bindings' errors have their payload, though they come from another realm", () => {
  const thrown: unknown = runInNewContext(`Object.assign(new Error("failed"), { payload: "closed" })`);

  expect(thrown).not.toBeInstanceOf(Error);
  expect(payloadOf(thrown)).toBe("closed");
});

test.for([["closed"], [{ tag: "closed" }], [undefined], [null], [new Error("trap")]])(
  "what is no such error stays as it is: %o",
  ([thrown]) => {
    expect(payloadOf(thrown)).toBe(thrown);
  },
);
