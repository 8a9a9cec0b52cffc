import { expect, test } from "vitest";

import { isResultError, unwrap, type Result } from "../src/result.ts";
import { thrownBy } from "./thrown-by.ts";

test("an ok is unwrapped", () => {
  expect(unwrap({ tag: "ok", val: 5 })).toBe(5);
});

test("an err is thrown with its own payload, which the bindings return", () => {
  const closed: Result<number, { tag: string }> = { tag: "err", val: { tag: "closed" } };
  const error = thrownBy(() => unwrap(closed));
  expect(isResultError(error)).toBe(true);
  expect(Object.hasOwn(Object(error), "payload")).toBe(true);
  expect(error).toMatchObject({ payload: closed.val, message: 'The result is err({"tag":"closed"})' });
});
