import type {
  WitExternDeclaration,
  WitFile,
  WitPackageName,
  WitPath,
  WitWorldDeclarationItem,
} from "../ast.ts";
import { printPath } from "../printer-types.ts";
import { parseWitId } from "../wit-id.ts";
import { isTypeDeclaration } from "./type-names.ts";

/** The file with further imports in its world. */
export function withImports(file: WitFile, paths: readonly WitPath[]): WitFile {
  return mapWorldItems(file, (items) => [...items, ...paths.map(importOf)]);
}

/**
 * The file with a world that names every interface it imports, those that only types need among them, and includes nothing.
 *
 * @param imports the keys of the resolved world's imports
 * @param own the package of the file: its own interfaces are named without it
 */
export function withEveryImport(file: WitFile, imports: readonly string[], own: WitPackageName): WitFile {
  const paths = imports
    .map(parsePath)
    .filter((path) => path !== undefined)
    .map(({ package: owner, name }) =>
      owner.namespace === own.namespace && owner.name === own.name ? { name } : { package: owner, name },
    )
    .toSorted((a, b) => (printPath(a) < printPath(b) ? -1 : 1));
  return mapWorldItems(file, (items) => [
    ...paths.map(importOf),
    ...items.filter((item) => item.kind === "use" || isTypeDeclaration(item)),
    ...items.filter((item) => item.kind === "import" && item.extern.kind !== "path"),
    ...items.filter((item) => item.kind === "export"),
  ]);
}

function mapWorldItems(
  file: WitFile,
  map: (items: readonly WitWorldDeclarationItem[]) => readonly WitWorldDeclarationItem[],
): WitFile {
  return {
    ...file,
    items: file.items.map((item) => (item.kind === "world" ? { ...item, items: map(item.items) } : item)),
  };
}

function importOf(path: WitPath): WitExternDeclaration {
  return { kind: "import", extern: { kind: "path", path } };
}

/** The path of an identifier; `undefined` for the plain name of an import that the world declares itself. */
function parsePath(id: string): (WitPath & { readonly package: WitPackageName }) | undefined {
  const parts = parseWitId(id);
  if (parts === undefined) return undefined;
  const separator = parts.package.lastIndexOf(":");
  return {
    package: {
      namespace: parts.package.slice(0, separator),
      name: parts.package.slice(separator + 1),
      ...(parts.version !== undefined && { version: parts.version }),
    },
    name: parts.name,
  };
}
