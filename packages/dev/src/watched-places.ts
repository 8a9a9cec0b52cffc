import { existsSync, type Stats } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type Application, type ApplicationComponent, outputsOf } from "@golem-kit/build";

/** Where the files lie of which an application is made, and what in these folders nobody has written. */
export interface WatchedPlaces {
  /** Absolute paths of files and folders. */
  readonly paths: ReadonlySet<string>;
  /** True for what is not to be watched, with everything below it. */
  readonly ignores: (path: string, stats?: Stats) => boolean;
}

export interface PlacesInput {
  readonly app: Application;
  /** Absolute paths of the files that its programs are made of. */
  readonly programFiles: Iterable<string>;
  /** Folders that the host writes into. */
  readonly dataDirs: readonly string[];
}

/** Names of folders with nothing in them that somebody edits. */
const FOREIGN: ReadonlySet<string> = new Set(["node_modules", ".git", ".golem", ".turbo", "golem-temp"]);

/** What the build writes beside a file before it takes its place. */
const TEMPORARY = /\.\d+\.tmp$/;

/** Files of an application's own folder that decide what is built, and how. */
const SETTINGS = [
  "golem.yaml",
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "tsconfig.component.json",
];

/** How deep below an application's folder a new manifest is noticed. */
const MANIFEST_DEPTH = 3;

/**
 * The manifests, the folders of components and of the WIT that they share, initial files, and the packages of this workspace
 * that programs import. What the build writes is left out, so that nothing loops.
 */
export async function watchedPlaces({ app, programFiles, dataDirs }: PlacesInput): Promise<WatchedPlaces> {
  const components = [...app.components.values()];
  const written = new Set([...components.flatMap(writtenBy), ...dataDirs]);
  const initial = components.flatMap(({ files }) =>
    files.flatMap(({ sourcePath }) => localPath(sourcePath) ?? []),
  );
  const wanted = [
    ...app.manifests,
    ...SETTINGS.map((name) => join(app.rootDir, name)),
    ...app.witDeps,
    ...components.flatMap(({ dir, sourceWit }) => [dir, sourceWit]),
    ...initial,
    ...(await workspacePackages(programFiles)),
  ];
  return {
    paths: new Set(
      wanted.filter((place) => !wanted.some((other) => other !== place && isInside(place, other))),
    ),
    ignores: (path) => written.has(path) || FOREIGN.has(basename(path)) || TEMPORARY.test(path),
  };
}

/** The manifests, wherever they are: those to come, too, and while nobody can say what they name. */
export function manifestPlaces(rootDir: string): WatchedPlaces {
  return {
    paths: new Set([rootDir]),
    ignores: (path, stats) => FOREIGN.has(basename(path)) || !mayBeManifest(rootDir, path, stats),
  };
}

function mayBeManifest(rootDir: string, path: string, stats: Stats | undefined): boolean {
  const depth = relative(rootDir, path).split(sep).length;
  return depth <= MANIFEST_DEPTH && (stats?.isFile() !== true || basename(path) === "golem.yaml");
}

function writtenBy(component: ApplicationComponent): readonly string[] {
  const { wasm, program, map, record, lock, types } = outputsOf(component);
  const { generatedWit, linkedWasm } = component;
  return [wasm, program, map, record, lock, `${lock}-journal`, types, generatedWit, linkedWasm];
}

/** Of files in packages of the workspace, the packages; of those that were installed, nothing. */
async function workspacePackages(programFiles: Iterable<string>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const file of programFiles) {
    const folder = dirname(file);
    if (seen.has(folder) || file.includes(`${sep}node_modules${sep}`)) continue;
    seen.add(folder);
    const home = packageOf(await realpath(folder).catch(() => folder));
    // Beside its sources lie tests and other things that no program is made of.
    if (home !== undefined) for (const place of ["src", "package.json"]) found.add(join(home, place));
  }
  return new Set([...found].filter((place) => existsSync(place)));
}

function packageOf(folder: string): string | undefined {
  for (let at = folder; dirname(at) !== at; at = dirname(at))
    if (existsSync(join(at, "package.json"))) return at;
  return undefined;
}

function localPath(source: string): string | undefined {
  if (source.startsWith("file:")) return new URL(source).pathname;
  return /^https?:/.test(source) ? undefined : source;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !way.startsWith("..");
}
