import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import {
  type Application,
  type ApplicationComponent,
  findApplicationRoot,
  loadApplication,
  outputsOf,
} from "@golem-kit/build";
import type { WatcherTriggerPattern } from "vitest/node";

/**
 * For vitest's `watchTriggerPatterns`: when something is saved of which a component is made, its tests run again, and those of the
 * components that call it. Its tests are those in its folder `test`.
 *
 * @param rootDir the application's folder. @default the one around the current directory
 * @throws ManifestError
 */
export async function componentTriggers(
  rootDir: string = findApplicationRoot(process.cwd()),
): Promise<WatcherTriggerPattern[]> {
  let app = await loadApplication(rootDir);
  const testsToRun = (file: string): string[] | undefined => {
    const path = resolve(file);
    if (basename(path) === "golem.yaml") {
      // Whoever is wrong in it is told by the build that comes next.
      loadApplication(rootDir).then(
        (loaded) => (app = loaded),
        () => undefined,
      );
    }
    const tests = [...withCallers(app, affected(app, path))].flatMap(testsOf);
    return tests.length === 0 ? undefined : tests;
  };
  return [{ pattern: /^/, testsToRun }];
}

/** The components that are made of a file. */
function affected(app: Application, path: string): readonly ApplicationComponent[] {
  const all = [...app.components.values()];
  if (app.manifests.includes(path) || app.witDeps.some((dir) => isInside(path, dir))) return all;
  return all.filter((component) => isMadeOf(component, path));
}

function isMadeOf(component: ApplicationComponent, path: string): boolean {
  const { dir, sourceWit, files, generatedWit, componentWasm } = component;
  const outputs = outputsOf(component);
  const isOther = [generatedWit, dirname(componentWasm), outputs.types, join(dir, "test")].some((folder) =>
    isInside(path, folder),
  );
  if (isOther) return false;
  return (
    isInside(path, dir) ||
    isInside(path, sourceWit) ||
    files.some(({ sourcePath }) => sourcePath === path) ||
    programOf(outputs.record).has(path)
  );
}

/** The files that a program was made of the last time; none if it was never built. */
function programOf(record: string): ReadonlySet<string> {
  try {
    const { program } = JSON.parse(readFileSync(record, "utf8")) as { readonly program: object };
    return new Set(Object.keys(program).map((path) => resolve(dirname(record), path)));
  } catch {
    return new Set();
  }
}

/** These, and all that depend on them, however many are between. */
function withCallers(
  app: Application,
  components: readonly ApplicationComponent[],
): ReadonlySet<ApplicationComponent> {
  const found = new Set(components);
  for (const callee of found)
    for (const component of app.components.values())
      if (component.dependencies.some(({ target }) => target === callee.name)) found.add(component);
  return found;
}

function testsOf({ dir }: ApplicationComponent): string[] {
  return globSync("test/**/*.test.ts", { cwd: dir }).map((path) => join(dir, path));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..");
}
