import type {
  WitExternDeclaration,
  WitFile,
  WitFunctionDeclaration,
  WitInterfaceDeclaration,
  WitInterfaceItem,
  WitPackageName,
  WitPath,
  WitPosition,
  WitUse,
  WitWorldDeclaration,
  WitWorldDeclarationItem,
} from "../ast.ts";
import { WitError } from "../wit-error.ts";
import { type MainPackage, exportsPackageName } from "./main-package.ts";
import { mapInterfacePaths, mapWorldItemPaths } from "./map-paths.ts";
import { isTypeDeclaration, signatureNames } from "./type-names.ts";

/** A component's package, split into what it exports and the rest. */
export interface ExtractedPackage {
  /** `shop:orders` */
  readonly name: WitPackageName;
  /** The name of its world. */
  readonly world: string;
  /** The package without its exported interfaces; its world exports those of the other package. */
  readonly main: WitFile;
  /** `shop:orders-exports` */
  readonly exports: { readonly name: WitPackageName; readonly file: WitFile };
  readonly exported: readonly ExportedPath[];
}

/** What the world exports, and where it says so. */
export interface ExportedPath {
  readonly path: WitPath & { readonly package: WitPackageName };
  readonly at?: WitPosition;
}

/**
 * Moves what a component exports into a package of its own, `ns:pkg-exports`, so that others can use its types: exported
 * interfaces as they are, an interface written in the world `w` as `w-name`, functions of the world in `w-inline-functions`.
 *
 * @throws WitError `unsupported` when an exported interface needs one that is not exported: the packages would need each other
 */
export function extractExports(source: MainPackage): ExtractedPackage {
  const { file, name, world } = source;
  const packageName = exportsPackageName(name);
  const ownExports = new Set(
    world.items.flatMap((item) => {
      if (item.kind !== "export" || item.extern.kind !== "path") return [];
      const target = source.resolve(item.extern.path);
      return target.package === undefined ? [target.name] : [];
    }),
  );

  const fromMain = (path: WitPath): WitPath => {
    const target = source.resolve(path);
    return target.package === undefined && ownExports.has(target.name)
      ? { package: packageName, name: target.name }
      : target;
  };
  const fromExports = (path: WitPath): WitPath => {
    const target = source.resolve(path);
    if (target.package !== undefined || ownExports.has(target.name)) return target;
    const problem = `what is exported uses the interface \`${target.name}\`, which is not; add \`export ${target.name};\` to the world, or move it into a package of its own`;
    throw new WitError("unsupported", problem, {
      file: file.file ?? "<wit>",
      at: path.at,
      text: target.name,
    });
  };

  const interfaces = file.items.filter((item) => item.kind === "interface");
  const moved = interfaces.filter((item) => ownExports.has(item.name));
  const inline = inlineInterfaces(world);
  const functions = inlineFunctions(source);
  const exportsItems = [...moved, ...inline, functions].map((item) => sorted(item, fromExports));

  const toExports = (declared: string): WitExternDeclaration =>
    exportOf({ package: packageName, name: declared });
  const newWorld: WitWorldDeclaration = {
    ...world,
    items: [
      ...remainingItems(world).map((item) => mapWorldItemPaths(item, fromMain)),
      ...inline.map((item) => toExports(item.name)),
      ...(functions.items.some((item) => item.kind === "func") ? [toExports(functions.name)] : []),
    ],
  };
  const place = file.file === undefined ? {} : { file: file.file };
  return {
    name,
    world: world.name,
    main: {
      ...place,
      package: { name },
      items: [
        ...interfaces.flatMap((item) =>
          ownExports.has(item.name) ? [] : [{ ...item, items: mapInterfacePaths(item.items, fromMain) }],
        ),
        newWorld,
      ],
    },
    exports: { name: packageName, file: { ...place, package: { name: packageName }, items: exportsItems } },
    exported: newWorld.items.flatMap(exportedPaths),
  };
}

function inlineInterfaces(world: WitWorldDeclaration): WitInterfaceDeclaration[] {
  return world.items
    .flatMap((item): WitInterfaceDeclaration[] => {
      if (item.kind !== "export" || item.extern.kind !== "interface") return [];
      const { extern, ...declared } = item;
      return [{ ...declared, kind: "interface", name: `${world.name}-${extern.name}`, items: extern.items }];
    })
    .toSorted(byName);
}

/** Golem has this interface for every world, even if it is empty. */
function inlineFunctions({ file, world }: MainPackage): WitInterfaceDeclaration {
  const functions = world.items.flatMap((item): WitFunctionDeclaration[] => {
    if (item.kind !== "export" || item.extern.kind !== "func") return [];
    const { extern, ...declared } = item;
    return [{ ...declared, kind: "func", name: extern.name, signature: extern.signature }];
  });
  const needed = new Set(functions.flatMap(({ signature }) => signatureNames(signature)));
  const own = world.items.filter(isTypeDeclaration).find((item) => needed.has(item.name));
  if (own !== undefined) {
    const problem = `the world's own type \`${own.name}\` is used by a function that it exports; declare it in an exported interface`;
    throw new WitError("unsupported", problem, { file: file.file ?? "<wit>", at: own.at, text: own.name });
  }
  const uses = world.items.flatMap((item): WitUse[] => (item.kind === "use" ? usesOf(item, needed) : []));
  return { kind: "interface", name: `${world.name}-inline-functions`, items: [...uses, ...functions] };
}

/** The world without what moved out, and without types that only served it. */
function remainingItems(world: WitWorldDeclaration): readonly WitWorldDeclarationItem[] {
  const rest = world.items.filter((item) => item.kind !== "export" || item.extern.kind === "path");
  const needed = new Set(
    rest.flatMap((item) =>
      item.kind === "import" && item.extern.kind === "func" ? signatureNames(item.extern.signature) : [],
    ),
  );
  if (rest.some(isTypeDeclaration)) return rest;
  return rest.flatMap((item): readonly WitWorldDeclarationItem[] =>
    item.kind === "use" ? usesOf(item, needed) : [item],
  );
}

/** The part of a `use` that brings in the needed names. */
function usesOf(use: WitUse, needed: ReadonlySet<string>): WitUse[] {
  const names = use.names.filter(({ name, as = name }) => needed.has(as));
  return names.length === 0 ? [] : [{ ...use, names }];
}

/** Golem's order: `use`, types, functions, the latter two by name. */
function sorted(item: WitInterfaceDeclaration, map: (path: WitPath) => WitPath): WitInterfaceDeclaration {
  const items: readonly WitInterfaceItem[] = mapInterfacePaths(item.items, map);
  const { docs, gates } = item;
  return {
    kind: "interface",
    name: item.name,
    ...(docs !== undefined && { docs }),
    ...(gates !== undefined && { gates }),
    items: [
      ...items.filter((each) => each.kind === "use"),
      ...items.filter(isTypeDeclaration).toSorted(byName),
      ...items.filter((each) => each.kind === "func").toSorted(byName),
    ],
  };
}

function exportedPaths(item: WitWorldDeclarationItem): readonly ExportedPath[] {
  if (item.kind !== "export" || item.extern.kind !== "path") return [];
  const { package: owner, name } = item.extern.path;
  return owner === undefined
    ? []
    : [{ path: { package: owner, name }, ...(item.at !== undefined && { at: item.at }) }];
}

function exportOf(path: WitPath): WitExternDeclaration {
  return { kind: "export", extern: { kind: "path", path } };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
