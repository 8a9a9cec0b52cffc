import { expect, test } from "vitest";

import { isKeyValueError, storeCall } from "../src/keyvalue/key-value-error.ts";
import { thrownBy } from "./thrown-by.ts";

const operation = { operation: "get", bucket: "products", key: "tea" };

test("the cause of a store's failure is the store's own text, whose handle is dropped", () => {
  let held = true;
  const payload = {
    trace: () => "the disk is full",
    [Symbol.dispose]: () => {
      held = false;
    },
  };
  const error = thrownBy(() =>
    storeCall(operation, () => {
      throw Object.assign(new Error("of the bindings"), { payload });
    }),
  );
  expect(isKeyValueError(error)).toBe(true);
  expect(error).toMatchObject({
    message: 'get("tea") of the bucket "products" failed: the disk is full',
    cause: "the disk is full",
  });
  expect(held).toBe(false);
});
