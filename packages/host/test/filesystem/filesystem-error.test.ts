import { expect, test } from "vitest";

import { asFilesystemError } from "../../src/filesystem/filesystem-error.ts";
import { StorageError } from "../../src/index.ts";

function failureOf(code: string): Error {
  return Object.assign(new Error(`${code}: it failed, write '/a/path/of/the/machine'`), {
    code,
    syscall: "write",
  });
}

test.each([
  ["ENOENT", "no-entry"],
  ["EFBIG", "file-too-large"],
  ["ESOMETHING", "io"],
])("%s is told to the guest as %s", (code, told) => {
  expect(asFilesystemError(failureOf(code))?.code).toBe(told);
});

test("what a replay would not meet again is not told to the guest, but ends its instance", () => {
  const told = (): unknown => asFilesystemError(failureOf("ENOSPC"));
  expect(told).toThrow(StorageError);
  expect(told).toThrow(
    /^Cannot use a worker's file system: the disk is full\. What to do: mend that on the host's machine, and repeat the call with the same idempotency key\.$/,
  );
});
