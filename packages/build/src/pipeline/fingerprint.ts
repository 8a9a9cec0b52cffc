import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import type { ApplicationWit } from "../wit/generate-wit.ts";

/** SHA-256 of the contents of files, by path relative to a folder; a file that is not there has none. */
export async function hashFiles(
  dir: string,
  paths: Iterable<string>,
): Promise<Readonly<Record<string, string>>> {
  const hashes = await Promise.all(
    Array.from(paths, async (path) => {
      const content = await readFile(resolve(dir, path)).catch(() => undefined);
      return content === undefined ? [] : [[relative(dir, resolve(dir, path)), sha256(content)] as const];
    }),
  );
  return Object.fromEntries(hashes.flat());
}

/**
 * A hash of everything that decides how a component is built, apart from its program: this package and the versions of its
 * tools, the component's own settings, and the WIT that its own may refer to.
 */
export function fingerprint(
  app: Application,
  component: ApplicationComponent,
  wit: ApplicationWit,
  tools: string,
): string {
  const settings = relevantComponents(app, component, wit).map((name) => {
    const type = app.components.get(name)?.componentType;
    return [name, type, [...(wit.components.get(name) ?? [])]];
  });
  const { dir, componentWasm, generatedWit, dependencies, load } = component;
  const paths = [componentWasm, generatedWit].map((path) => relative(dir, path));
  return sha256(JSON.stringify([tools, paths, dependencies, load, settings, [...wit.platform]]));
}

/** A hash of this package, its WIT package, and the exact versions of the tools. */
export async function toolsFingerprint(): Promise<string> {
  const own = fileURLToPath(new URL("../..", import.meta.url));
  const wit = fileURLToPath(new URL(".", import.meta.resolve("@golem-kit/wit")));
  const sources = await Promise.all([join(own, "src"), wit].map(typeScriptFiles));
  return sha256(JSON.stringify(await hashFiles(own, [join(own, "package.json"), ...sources.flat()])));
}

/** The component, those that it calls, and those whose package their WIT mentions. */
function relevantComponents(
  app: Application,
  component: ApplicationComponent,
  wit: ApplicationWit,
): readonly string[] {
  const relevant = new Set([component.name, ...component.dependencies.map(({ target }) => target)]);
  for (const name of relevant) {
    const text = [...(wit.components.get(name)?.values() ?? [])].join("\n");
    for (const other of app.components.keys()) if (text.includes(`${other}-exports`)) relevant.add(other);
  }
  return [...relevant].toSorted();
}

async function typeScriptFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith(".ts"))
    .toSorted()
    .map((entry) => join(dir, entry));
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
