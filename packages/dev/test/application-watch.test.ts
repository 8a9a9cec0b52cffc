import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadApplication } from "@golem-kit/build";
import { describe, expect, onTestFinished, test } from "vitest";
import { ApplicationWatch } from "../src/application-watch.ts";
import { manifestPlaces, watchedPlaces } from "../src/watched-places.ts";

const MANIFEST = `components:
  shop:orders:
    sourceWit: wit
    generatedWit: wit-generated
    componentWasm: dist/shop_orders.wasm
`;

/** An application with one component, and what is noticed in it. */
async function watched(poll?: number): Promise<{ readonly dir: string; readonly noticed: Set<string> }> {
  const dir = await mkdtemp(join(tmpdir(), "golem-kit-watch-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const folder of ["orders/src/a/b/c", "orders/wit", "orders/dist", "other", "docs"])
    await mkdir(join(dir, folder), { recursive: true });
  await writeFile(join(dir, "golem.yaml"), "");
  await writeFile(join(dir, "orders/golem.yaml"), MANIFEST);
  await writeFile(join(dir, "orders/src/main.ts"), "export const a = 1;\n");
  const noticed = new Set<string>();
  const watch = new ApplicationWatch({
    poll,
    onEvent: (path) => void noticed.add(path.slice(dir.length + 1)),
    onError: (error) => void noticed.add(error.message),
  });
  onTestFinished(() => watch[Symbol.asyncDispose]());
  const app = await loadApplication(dir);
  await watch.add(manifestPlaces(dir));
  await watch.add(await watchedPlaces({ app, programFiles: [], dataDirs: [join(dir, "data")] }));
  return { dir, noticed };
}

describe.for([["as the system tells", undefined] as const, ["by looking again and again", 20] as const])(
  "%s",
  ([, poll]) => {
    test("a file that is written, replaced, added or removed is noticed", async () => {
      const { dir, noticed } = await watched(poll);
      await writeFile(join(dir, "orders/src/main.ts"), "export const a = 22;\n");
      await expect.poll(() => [...noticed]).toContain("orders/src/main.ts");
      await writeFile(join(dir, "orders/src/a/b/c/deep.ts"), "export const b = 1;\n");
      await expect.poll(() => [...noticed]).toContain("orders/src/a/b/c/deep.ts");
      noticed.clear();

      await writeFile(join(dir, "orders/src/main.ts.new"), "export const a = 333;\n");
      await rename(join(dir, "orders/src/main.ts.new"), join(dir, "orders/src/main.ts"));
      await expect.poll(() => [...noticed]).toContain("orders/src/main.ts");

      await writeFile(join(dir, "orders/wit/orders.wit"), "package shop:orders;\n");
      await expect.poll(() => [...noticed]).toContain("orders/wit/orders.wit");
      noticed.clear();
      await rm(join(dir, "orders/wit/orders.wit"));
      await expect.poll(() => [...noticed]).toContain("orders/wit/orders.wit");
    });

    test("a new manifest is noticed, and nothing that the build writes, nor what is no part of it", async () => {
      const { dir, noticed } = await watched(poll);
      await mkdir(join(dir, "orders/generated"));
      await writeFile(join(dir, "orders/generated/api.d.ts"), "");
      await writeFile(join(dir, "orders/dist/shop_orders.js"), "");
      await writeFile(join(dir, "docs/page.md"), "");
      await mkdir(join(dir, "node_modules"));
      await writeFile(join(dir, "node_modules/a.js"), "");
      await writeFile(join(dir, "other/golem.yaml"), "");

      await expect.poll(() => [...noticed]).toContain("other/golem.yaml");

      const others = [...noticed].filter((path) => /generated|dist|page|node_modules/.test(path));
      expect(others).toEqual([]);
    });
  },
);
