import type {
  WitExternDeclaration,
  WitFile,
  WitInterfaceItem,
  WitPackageItem,
  WitPath,
  WitWorldDeclarationItem,
} from "../ast.ts";

type MapPath = (path: WitPath) => WitPath;

/** The file with every reference to an interface or world replaced. */
export function mapFilePaths(file: WitFile, map: MapPath): WitFile {
  return {
    ...file,
    items: file.items.map((item) =>
      item.kind === "package"
        ? { ...item, items: item.items.map((inner) => mapPackageItem(inner, map)) }
        : mapPackageItem(item, map),
    ),
  };
}

export function mapInterfacePaths(
  items: readonly WitInterfaceItem[],
  map: MapPath,
): readonly WitInterfaceItem[] {
  return items.map((item) => (item.kind === "use" ? { ...item, path: map(item.path) } : item));
}

export function mapWorldItemPaths(item: WitWorldDeclarationItem, map: MapPath): WitWorldDeclarationItem {
  switch (item.kind) {
    case "use":
    case "include":
      return { ...item, path: map(item.path) };
    case "import":
    case "export":
      return mapExternPaths(item, map);
    default:
      return item;
  }
}

/** Every path in the file. */
export function filePaths(file: WitFile): readonly WitPath[] {
  const paths: WitPath[] = [];
  mapFilePaths(file, (path) => {
    paths.push(path);
    return path;
  });
  return paths;
}

function mapPackageItem(item: WitPackageItem, map: MapPath): WitPackageItem {
  switch (item.kind) {
    case "interface":
      return { ...item, items: mapInterfacePaths(item.items, map) };
    case "world":
      return { ...item, items: item.items.map((inner) => mapWorldItemPaths(inner, map)) };
    case "file-use":
      return { ...item, path: map(item.path) };
  }
}

function mapExternPaths(item: WitExternDeclaration, map: MapPath): WitExternDeclaration {
  const { extern } = item;
  switch (extern.kind) {
    case "path":
      return { ...item, extern: { kind: "path", path: map(extern.path) } };
    case "interface":
      return { ...item, extern: { ...extern, items: mapInterfacePaths(extern.items, map) } };
    case "func":
      return item;
  }
}
