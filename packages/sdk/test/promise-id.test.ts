import fc from "fast-check";
import { expect, test } from "vitest";

import { promiseIdFromText, promiseIdToText } from "../src/promise/promise-id.ts";
import { isSdkError } from "../src/sdk-error.ts";
import { thrownBy } from "./thrown-by.ts";

const u64 = fc.bigInt(0n, 2n ** 64n - 1n);
const workerName = fc.string({ minLength: 1, maxLength: 40 }).filter((name) => !/[\s/]/.test(name));

test("every id survives being handed on as text", () => {
  fc.assert(
    fc.property(u64, u64, workerName, u64, (highBits, lowBits, name, oplogIdx) => {
      const id = { workerId: { componentId: { uuid: { highBits, lowBits } }, workerName: name }, oplogIdx };
      expect(promiseIdFromText(promiseIdToText(id))).toEqual(id);
    }),
  );
});

test.each([
  "",
  "o-1/7",
  "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/o-1",
  "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/o-1/-7",
  "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/o 1/7",
  "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a/o-1/18446744073709551616",
  "6f1c3a529d0e4b7a8c215e4f3d2c1b0a/o-1/7",
])("%j is no id, and the error says what one is", (text) => {
  const error = thrownBy(() => promiseIdFromText(text));
  expect(isSdkError(error, "promise-id")).toBe(true);
  expect(String(error)).toContain(JSON.stringify(text));
});
