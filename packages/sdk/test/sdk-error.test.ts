import { expect, test } from "vitest";

import { isSdkError, SdkError } from "../src/sdk-error.ts";

const details = { code: "teapot", operation: "brew", message: "It is a teapot" };

test("keeps what the platform answered", () => {
  const cause = { tag: "denied" };
  expect(new SdkError({ ...details, cause })).toMatchObject({ ...details, cause });
});

test("is recognised by its code", () => {
  const error = new SdkError(details);
  expect(isSdkError(error)).toBe(true);
  expect(isSdkError(error, "teapot")).toBe(true);
  expect(isSdkError(error, "kettle")).toBe(false);
});

test("is recognised when another copy of the package made it", async () => {
  // Another URL is another module to the engine, as it is when two bundles each have their own copy.
  const copy: { readonly SdkError: typeof SdkError } = await import(
    `${import.meta.resolve("../src/sdk-error.ts")}?copy`
  );
  const error = new copy.SdkError(details);
  expect(error).not.toBeInstanceOf(SdkError);
  expect(isSdkError(error)).toBe(true);
});

test.each([new Error("x"), { code: "teapot" }, "x", undefined])("%s is not one", (other) => {
  expect(isSdkError(other)).toBe(false);
});
