import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compatibleModules } from "./compatible-modules.ts";
import { declareModule, guestModules } from "./guest-modules.ts";

/**
 * Type declarations of every interface of the platform, and of every spelling under which one may be imported.
 *
 * @param depsDir folder with one folder per WIT package of the platform
 */
export async function platformTypes(depsDir: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "golem-kit-types-"));
  try {
    await cp(depsDir, join(work, "deps"), { recursive: true });
    const imports = (await platformInterfaces(depsDir)).map((id) => `  import ${id};\n`);
    await writeFile(
      join(work, "world.wit"),
      `package golem-kit:platform;\n\nworld platform {\n${imports.join("")}}\n`,
    );
    const { interfaces } = await guestModules(work, "platform");
    const modules = [...interfaces].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      "// Generated from the platform's WIT packages by `npm run types`. Do not edit.\n",
      ...modules.map(([id, body]) => declareModule(id, body)),
      "// Every other spelling that is compatible with the interface above.\n",
      ...modules.flatMap(([id]) => compatibleModules(id)),
    ].join("\n");
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Identifiers of the interfaces that the packages in a folder declare. */
async function platformInterfaces(depsDir: string): Promise<readonly string[]> {
  const files = (await readdir(depsDir, { recursive: true })).filter((file) => file.endsWith(".wit")).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(depsDir, file), "utf8")));
  return texts.flatMap((text) => {
    const [, name = "", version = ""] = /^package ([^@;]+)(@[^;]+)?;/m.exec(text) ?? [];
    return [...text.matchAll(/^interface ([\w-]+) \{/gm)].map(([, id]) => `${name}/${id}${version}`);
  });
}
