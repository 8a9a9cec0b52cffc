import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import { copyApplication } from "../../cli/test/copy-application.ts";
import { openWorkspace } from "../src/index.ts";

test("a component that cannot be built keeps no test from the others", { timeout: 120_000 }, async () => {
  const rootDir = await copyApplication();
  await appendFile(join(rootDir, "components/catalog/src/main.ts"), "\nexport const broken = ;\n");
  await using workspace = await openWorkspace({ rootDir });

  expect(await workspace.worker("shop:orders").invoke("get")).toMatchObject({ status: "open" });
  expect(() => workspace.worker("shop:catalog")).toThrow(
    /^shop:catalog cannot be built, and no test can use it: .*catalog\/src\/main\.ts:\d+/,
  );
  expect(() => workspace.component("shop:catalog")).toThrow("shop:catalog cannot be built");
});
