import { existsSync, readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";

import { type Floor, hostFloors, packages } from "./floors.ts";
import { rules } from "./rules.ts";

/**
 * Refuses imports that go up or sideways between packages and between floors of the host, and circles: what only types are
 * wanted of and what is imported later counts, too. What a worker thread or a process is started with is no import.
 *
 * dependency-cruiser it is, because its rules are about the files that imports lead to, through packages' exports, and
 * carry their reasons. oxlint sees no circle through `import()`, and only the text of an import.
 *
 * @param root of a repository that is laid out as this one
 * @returns what is wrong, with the reasons, as text for a person; `undefined` if nothing is
 */
export async function checkArchitecture(root: string): Promise<string | undefined> {
  const strays = [
    ...strayEntries(root, "packages", packages),
    ...strayEntries(root, "packages/host/src", hostFloors),
  ];
  const imports = await withTypeScript6(() => refusedImports(root));
  return strays.length === 0 ? imports : [...strays, imports].join("\n");
}

async function refusedImports(root: string): Promise<string | undefined> {
  const { cruise, getAvailableTranspilers } = await import("dependency-cruiser");
  // It would go on by guessing what is TypeScript and what not.
  if (!getAvailableTranspilers().some(({ name, available }) => name === "typescript" && available))
    throw new Error(
      "dependency-cruiser does not take typescript-compiler-api: look which versions it supports",
    );
  const { output, exitCode } = await cruise(
    ["packages", "components", "scripts", "vitest.config.ts"].filter((path) => existsSync(join(root, path))),
    {
      baseDir: root,
      includeOnly: "^((packages|components|scripts|@golem-kit)/|vitest[.]config[.]ts$)",
      exclude: "/(node_modules|dist|generated|wit-generated)/",
      parser: "tsc",
      tsPreCompilationDeps: true,
      enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import"] },
      ruleSet: { forbidden: [...rules] },
      validate: true,
      outputType: "err-long",
    },
  );
  // This type of output is a text.
  return exitCode === 0 ? undefined : (output as string);
}

/**
 * Runs something for which `typescript` is version 6: dependency-cruiser reads TypeScript by the compiler's JavaScript
 * interface, which version 7 does not have yet.
 */
async function withTypeScript6<T>(run: () => Promise<T>): Promise<T> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier.replace(/^typescript(?=\/|$)/, "typescript-compiler-api"), context),
  });
  try {
    return await run();
  } finally {
    hooks.deregister();
  }
}

/** What stands beside the floors, and floors that are not there. */
function strayEntries(root: string, folder: string, floors: readonly Floor[]): string[] {
  const known = new Set([...floors.map(({ name }) => name), "index.ts"]);
  const found = new Set(readdirSync(join(root, folder)));
  return [
    ...[...found.difference(known)].map(
      (name) => `${folder}/${name} is on no floor: move it to one, or describe it in floors.ts.`,
    ),
    ...floors
      .filter(({ name }) => !found.has(name))
      .map(({ name }) => `${folder}/${name} is in floors.ts, and does not exist: make it, or take it out.`),
  ];
}
