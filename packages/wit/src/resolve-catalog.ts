import type {
  WitDeclared,
  WitFile,
  WitFileUse,
  WitInterfaceDeclaration,
  WitPackageItem,
  WitPackageName,
  WitPath,
  WitPosition,
  WitWorldDeclaration,
} from "./ast.ts";
import { nearestName } from "./nearest-name.ts";
import { PackageDependencies } from "./package-dependencies.ts";
import { bestCompatible } from "./version.ts";
import { WitError } from "./wit-error.ts";
import { packageId, printWitId } from "./wit-id.ts";

/** One text that contributes to a package: the names that its own `use` declarations bring in, and its name for errors. */
export interface CatalogSource {
  readonly file: string;
  readonly package: CatalogPackage;
  readonly uses: ReadonlyMap<string, WitFileUse>;
}

/** An interface or world, and where it was declared. */
export interface CatalogEntry<T = WitInterfaceDeclaration | WitWorldDeclaration> {
  readonly id: string;
  readonly declaration: T;
  readonly source: CatalogSource;
}

export interface CatalogPackage {
  readonly id: string;
  readonly version: string | undefined;
  /** Interfaces and worlds share one set of names. */
  readonly entries: Map<string, CatalogEntry>;
}

type Kind = "interface" | "world";
type EntryOf<K extends Kind> = CatalogEntry<
  K extends "interface" ? WitInterfaceDeclaration : WitWorldDeclaration
>;

/** All packages of a set of files, by name and version. */
export class Catalog {
  readonly #features: ReadonlySet<string>;
  /** All versions of a package, by its name without version. */
  readonly #packages = new Map<string, CatalogPackage[]>();
  readonly #dependencies = new PackageDependencies();
  /** The package of the first file. */
  readonly main: CatalogPackage | undefined;

  constructor(files: readonly WitFile[], features: ReadonlySet<string>) {
    this.#features = features;
    for (const file of files) {
      const items: WitPackageItem[] = [];
      for (const item of file.items) {
        if (item.kind === "package") this.#add(item.name, item.items, fileName(file));
        else items.push(item);
      }
      const own = file.package?.name ?? packageBeside(file, files);
      if (own !== undefined) {
        const added = this.#add(own, items, fileName(file));
        this.main ??= file === files[0] ? added : undefined;
      } else if (items[0] !== undefined) {
        const problem =
          "no package is declared here or in a file beside this one; begin with `package ns:name;`";
        throw new WitError("unknown-name", problem, { file: fileName(file), at: items[0].at, text: "" });
      }
    }
  }

  get packages(): readonly CatalogPackage[] {
    return [...this.#packages.values()].flat();
  }

  /** Whether no gate keeps a declaration out. */
  isEnabled({ gates = [] }: WitDeclared): boolean {
    return gates.every((gate) => gate.kind !== "unstable" || this.#features.has(gate.feature));
  }

  /** The package that a reference means; `undefined` when there is none or none of a compatible version. */
  package(name: string, version: string | undefined): CatalogPackage | undefined {
    return bestCompatible(version, this.#packages.get(name) ?? []);
  }

  /**
   * What a path in a source means.
   *
   * @throws WitError `unknown-name`
   */
  find<K extends Kind>(kind: K, path: WitPath, source: CatalogSource): EntryOf<K> {
    if (path.package !== undefined) {
      const owner = this.#requirePackage(path.package, source.file);
      this.#dependencies.add(source, owner.id, path);
      return this.#entry(kind, path, owner, source.file);
    }
    const use = source.uses.get(path.name);
    if (use?.path.package !== undefined) return this.find(kind, use.path, source);
    return this.#entry(kind, use?.path ?? path, source.package, source.file);
  }

  #entry<K extends Kind>(kind: K, { name, at }: WitPath, owner: CatalogPackage, file: string): EntryOf<K> {
    const entry = owner.entries.get(name);
    if (isKind(entry, kind)) return entry;
    const known = [...owner.entries.values()].filter((each) => each.declaration.kind === kind);
    const nearest = nearestName(
      name,
      known.map((each) => each.declaration.name),
    );
    const what =
      entry === undefined
        ? ""
        : `; \`${name}\` is ${entry.declaration.kind === "world" ? "a world" : "an interface"}`;
    const problem = `package \`${owner.id}\` has no ${kind} \`${name}\`${what}`;
    throw new WitError("unknown-name", problem, { file, at, text: name, nearest });
  }

  #requirePackage(wanted: WitPackageName, file: string): CatalogPackage {
    const name = packageId({ namespace: wanted.namespace, name: wanted.name });
    const found = this.package(name, wanted.version);
    if (found !== undefined) return found;
    const place = { file, at: wanted.at, text: packageId(wanted) };
    const offers = this.#packages.get(name);
    if (offers === undefined) {
      const nearest = nearestName(name, this.#packages.keys());
      throw new WitError(
        "unknown-name",
        `package \`${name}\` is unknown: none of the WIT files declares it`,
        {
          ...place,
          nearest,
        },
      );
    }
    const versions = offers.map((offer) => offer.version ?? "no version").join(", ");
    const problem = `no version of package \`${name}\` is compatible with ${wanted.version}; there is ${versions}`;
    throw new WitError("unknown-name", problem, place);
  }

  #add(name: WitPackageName, items: readonly WitPackageItem[], file: string): CatalogPackage {
    const owner = this.#package(name);
    const uses = new Map<string, WitFileUse>();
    const source = { file, package: owner, uses };
    for (const item of items) {
      if (!this.isEnabled(item)) continue;
      if (item.kind === "file-use") {
        const local = item.as ?? item.path.name;
        if (uses.has(local)) throw duplicate(local, item.at, file, "used");
        uses.set(local, item);
        continue;
      }
      const other = owner.entries.get(item.name);
      if (other !== undefined) throw duplicate(item.name, item.at, file, declaredAt(other));
      const { namespace, name: packageName, version } = name;
      const id = printWitId({ package: `${namespace}:${packageName}`, name: item.name, version });
      owner.entries.set(item.name, { id, declaration: item, source });
    }
    return owner;
  }

  #package(wanted: WitPackageName): CatalogPackage {
    const name = packageId({ namespace: wanted.namespace, name: wanted.name });
    const versions = this.#packages.get(name) ?? [];
    this.#packages.set(name, versions);
    const known = versions.find((each) => each.version === wanted.version);
    if (known !== undefined) return known;
    const added = { id: packageId(wanted), version: wanted.version, entries: new Map() };
    versions.push(added);
    return added;
  }
}

function isKind<K extends Kind>(entry: CatalogEntry | undefined, kind: K): entry is EntryOf<K> {
  return entry?.declaration.kind === kind;
}

function fileName(file: WitFile): string {
  return file.file ?? "<generated>";
}

/** A file without a package declaration belongs to the package that another file of its folder declares. */
function packageBeside(file: WitFile, files: readonly WitFile[]): WitPackageName | undefined {
  const folder = folderOf(file);
  if (folder === undefined) return undefined;
  return files.find((other) => other.package !== undefined && folderOf(other) === folder)?.package?.name;
}

function folderOf({ file }: WitFile): string | undefined {
  return file?.replace(/[^/\\]*$/, "");
}

function duplicate(name: string, at: WitPosition | undefined, file: string, where: string): WitError {
  return new WitError("duplicate-name", `\`${name}\` is already ${where}`, { file, at, text: name });
}

function declaredAt({ declaration: { at }, source: { file } }: CatalogEntry): string {
  return `declared in ${file}${at === undefined ? "" : `:${at.line}:${at.column}`}`;
}
