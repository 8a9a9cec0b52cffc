import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openDataDirectory } from "../../src/storage/data-directory.ts";

test.runIf(process.platform === "linux")(
  "a directory that no file system would make is refused at once",
  () => {
    expect(() => openDataDirectory("/proc/golem-kit/data")).toThrow(
      /Cannot create the data directory \/proc\/golem-kit\/data: .* What to do: choose a directory that this user may write/,
    );
  },
);

test("a directory below a file is refused with the path and the remedy", () => {
  const folder = mkdtempSync(join(tmpdir(), "golem-kit-"));
  try {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => openDataDirectory(join(file, "data"))).toThrow(
      /Cannot create the data directory .*file\/data: /,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
