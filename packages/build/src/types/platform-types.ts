import { readWitFolder } from "../wit/read-wit-folder.ts";
import { resolveTexts, withWitFolder } from "../wit/wit-texts.ts";
import { compatibleModules } from "./compatible-modules.ts";
import { declareModule, guestModules } from "./guest-modules.ts";

/**
 * Type declarations of every interface of the platform, and of every spelling under which one may be imported.
 *
 * @param depsDir folder with one folder per WIT package of the platform
 */
export async function platformTypes(depsDir: string): Promise<string> {
  const platform = await readWitFolder(depsDir);
  const imports = resolveTexts(platform).interfaces.map((id) => `  import ${id};\n`);
  const texts = new Map(Array.from(platform, ([path, text]) => [`deps/${path}`, text]));
  texts.set("world.wit", `package golem-kit:platform;\n\nworld platform {\n${imports.join("")}}\n`);
  const { interfaces } = await withWitFolder(texts, (dir) => guestModules(dir, "platform"));
  const modules = [...interfaces].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    "// Generated from the platform's WIT packages by `npm run types`. Do not edit.\n",
    ...modules.map(([id, body]) => declareModule(id, body)),
    "// Every other spelling that is compatible with the interface above.\n",
    ...modules.flatMap(([id]) => compatibleModules(id)),
  ].join("\n");
}
