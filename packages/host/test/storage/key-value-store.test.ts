import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openSharedStores } from "../../src/storage/shared-stores.ts";

test("a value that was changed on the disk is refused by name", async () => {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const paths = { shared: join(root, "shared.sqlite"), blobs: root };
  const first = openSharedStores(paths, "normal", true);
  first.keyValue.set("bucket", "changed", new TextEncoder().encode("a text that is found in the file"));
  first.keyValue.set("bucket", "same", new TextEncoder().encode("another text"));
  first.close();
  const content = await readFile(paths.shared, "latin1");
  await writeFile(paths.shared, content.replace("a text that", "a test that"), "latin1");

  const second = openSharedStores(paths, "normal", true);
  onTestFinished(() => second.close());

  expect(() => second.keyValue.get("bucket", "changed")).toThrow(
    `Cannot use ${paths.shared}: the value of changed in the bucket bucket is not what was written. ` +
      "What to do: restore the file from a backup, or set the value anew.",
  );
  expect(second.keyValue.get("bucket", "same")).toEqual(new TextEncoder().encode("another text"));
});

test("keys are listed as Golem lists them: by their bytes, whenever they were set", async () => {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const stores = openSharedStores({ shared: join(root, "shared.sqlite"), blobs: root }, "normal", true);
  onTestFinished(() => stores.close());
  for (const key of ["z", "é", "a", "Z", "a-b", "\u{10000}", "\uffff"])
    stores.keyValue.set("bucket", key, new Uint8Array());

  expect(stores.keyValue.keys("bucket")).toEqual(["Z", "a", "a-b", "z", "é", "\uffff", "\u{10000}"]);
  expect([...(stores.keyValue.contents().get("bucket") ?? []).keys()]).toEqual(
    stores.keyValue.keys("bucket"),
  );
});
