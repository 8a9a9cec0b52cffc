import type { WitFile, WitPackageName } from "../ast.ts";
import { parseWit } from "../parser.ts";
import { bestCompatible } from "../version.ts";
import { filePaths } from "./map-paths.ts";
import type { WitTexts } from "./rpc-input.ts";

/** A package and its files, in the folder that it has under `deps/`. */
export interface PackageFolder {
  readonly name: WitPackageName;
  readonly files: readonly WitFile[];
  /** By path under `deps/`. */
  readonly texts: WitTexts;
}

/**
 * Reads packages that lie in one folder each. Anything but `.wit` files is passed over.
 *
 * @param texts by path under `deps/`
 * @param place how error messages call `deps/`
 * @throws WitError `syntax`
 */
export function readPackageFolders(texts: WitTexts, place: string): readonly PackageFolder[] {
  const folders = Map.groupBy(
    [...texts].filter(([path]) => path.endsWith(".wit")),
    ([path]) => path.split("/")[0] ?? path,
  );
  return [...folders.values()].flatMap((entries) => {
    const files = entries.map(([path, text]) => parseWit(text, { file: `${place}/${path}` }));
    const name = files.find((file) => file.package !== undefined)?.package?.name;
    return name === undefined ? [] : [{ name, files, texts: new Map(entries) }];
  });
}

/** The package that a reference means: the first of the very version, otherwise the newest that is compatible. */
export function findPackage<T extends { readonly name: WitPackageName }>(
  wanted: WitPackageName,
  packages: readonly T[],
): T | undefined {
  const versions = packages
    .filter(({ name }) => name.namespace === wanted.namespace && name.name === wanted.name)
    .map((each) => ({ each, version: each.name.version }));
  return bestCompatible(wanted.version, versions)?.each;
}

/**
 * The packages that some files need, directly or through other packages. One that is nowhere is passed over: resolving the
 * files reports it with its place.
 */
export function neededPackages(
  files: readonly WitFile[],
  packages: readonly PackageFolder[],
): ReadonlySet<PackageFolder> {
  const needed = new Set<PackageFolder>();
  const addNeedsOf = (users: readonly WitFile[]): void => {
    for (const { package: wanted } of users.flatMap(filePaths)) {
      const found = wanted === undefined ? undefined : findPackage(wanted, packages);
      if (found === undefined || needed.has(found)) continue;
      needed.add(found);
      addNeedsOf(found.files);
    }
  };
  addNeedsOf(files);
  return needed;
}
