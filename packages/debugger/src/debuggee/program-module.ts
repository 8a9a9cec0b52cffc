import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

import type { Bindings } from "./bindings.ts";
import type { Job } from "../job.ts";
import type { ProgramSources } from "./program-sources.ts";

/** Begins the addresses of modules that stand for what a program imports. */
const SCHEME = "golem-kit-import:";

/** Where such a module finds its members while it is loaded. */
const MEMBERS = Symbol.for("golem-kit.members");

/**
 * Loads a component's program into this thread, over bindings of its imports. It has the place and the source map of the bundle, so
 * that breakpoints in its sources are found.
 */
export async function loadProgram(
  { path, mapPath }: Job["program"],
  sources: ProgramSources,
  bindings: Bindings,
): Promise<Readonly<Record<string, unknown>>> {
  const program = pathToFileURL(path).href;
  const members = new Map<string, ReadonlyMap<string, unknown>>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const imported = context.parentURL === program ? bindings.interface(specifier) : undefined;
      if (imported === undefined) return next(specifier, context);
      members.set(specifier, imported);
      return { url: `${SCHEME}${encodeURIComponent(specifier)}`, format: "module", shortCircuit: true };
    },
    load(url, context, next) {
      if (url === program)
        return { format: "module", source: withSourceMap(path, mapPath, sources), shortCircuit: true };
      if (!url.startsWith(SCHEME)) return next(url, context);
      const specifier = decodeURIComponent(url.slice(SCHEME.length));
      return { format: "module", source: moduleOf(specifier, members.get(specifier)), shortCircuit: true };
    },
  });
  Reflect.set(globalThis, MEMBERS, members);
  try {
    return await import(program);
  } finally {
    Reflect.deleteProperty(globalThis, MEMBERS);
    hooks.deregister();
  }
}

/** A module that exports the members of an interface. */
function moduleOf(specifier: string, members: ReadonlyMap<string, unknown> = new Map()): string {
  const lines = Array.from(members.keys(), (name, at) => [
    `const $${at} = $members.get(${JSON.stringify(name)});`,
    `export { $${at} as ${JSON.stringify(name)} };`,
  ]);
  const found = `globalThis[Symbol.for(${JSON.stringify(MEMBERS.description)})].get(${JSON.stringify(specifier)})`;
  return [`const $members = ${found};`, ...lines.flat()].join("\n");
}

/**
 * The bundle with its source map inside, which debuggers need not look for, and whose sources are where they are. Those that are not
 * the component's own are marked, so that debuggers step over them.
 */
function withSourceMap(path: string, mapPath: string, program: ProgramSources): string {
  const map = JSON.parse(readFileSync(mapPath, "utf8")) as object;
  const { files } = program;
  const ignored = [...files.keys()].filter((at) => !program.isOwn(files[at] ?? ""));
  const sources = files.map((file) => pathToFileURL(file).href);
  const inline = { ...map, sources, ignoreList: ignored, x_google_ignoreList: ignored };
  const text = readFileSync(path, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "");
  const data = Buffer.from(JSON.stringify(inline)).toString("base64");
  return `${text}\n//# sourceMappingURL=data:application/json;base64,${data}`;
}
