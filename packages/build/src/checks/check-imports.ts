import {
  camelCase,
  nearestName,
  parseWitId,
  type WitInterface,
  type WitModel,
  type WitWorld,
  pascalCase,
} from "@golem-kit/wit";
import type { ExportNamedDeclaration, ImportDeclaration } from "estree";
import { isBuiltin } from "node:module";
import { BuildError } from "../build-error.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { isSpellingOf } from "../bundle/wit-imports.ts";
import { installedPackage, packageName } from "./installed-package.ts";

export interface ImportContext {
  readonly component: string;
  readonly world: WitWorld;
  /** Where the world is written, as `file:line`. */
  readonly worldPlace: string;
  /** Everything that a world of this application could import. */
  readonly available: WitModel;
  /** Client interfaces by the component that they call, for the components that are not yet dependencies. */
  readonly clients: ReadonlyMap<string, string>;
  readonly manifest: string;
}

/**
 * Checks what is left of the imports: modules of Node, packages that are not installed or have no such part, WIT interfaces that the world does
 * not import, and names that an interface does not have.
 *
 * @throws BuildError with the place of the import, and the files that led to it
 */
export function checkImports(bundle: Bundle, context: ImportContext): void {
  for (const id of bundle.imports) {
    if (context.world.imports.has(id)) continue;
    if (isBuiltin(id)) throw nodeBuiltin(bundle, id);
    if (parseWitId(id) === undefined) throw unresolved(bundle, id);
    throw missingImport(bundle, id, context);
  }
  checkImportedNames(bundle, context.world);
}

function nodeBuiltin({ graph }: Bundle, id: string): BuildError {
  return new BuildError(
    "node-builtin",
    `\`${graph.specifierOf(id)}\` exists only in Node, not in a component`,
    {
      ...graph.placeOf(id),
      hint: `Imported by: ${graph.chain(id).join(" → ")}\n  Use a package that runs in browsers, or the WASI interface for it (files: @golem-kit/sdk/fs; randomness: crypto).`,
    },
  );
}

function unresolved({ graph }: Bundle, id: string): BuildError {
  const importer = graph.importerOf(id);
  const installed = importer === undefined ? undefined : installedPackage(id, importer);
  const way = `Imported by: ${graph.chain(id).join(" → ")}\n  `;
  const name = packageName(id);
  if (installed === undefined) {
    return new BuildError("not-found", `there is no package \`${id}\``, {
      ...graph.placeOf(id),
      hint: `${way}Install it: npm install ${name}`,
    });
  }
  return new BuildError("not-found", `package \`${name}\` is installed, but has no \`${id}\``, {
    ...graph.placeOf(id),
    hint: way + partOf(id, installed.specifiers),
  });
}

function partOf(specifier: string, specifiers: readonly string[]): string {
  const nearest = nearestName(specifier, specifiers);
  if (nearest !== undefined) return `Did you mean \`${nearest}\`?`;
  return specifiers.length === 0
    ? "Import one of its files, or another version of it."
    : `It has: ${specifiers.join(", ")}.`;
}

function missingImport({ graph, imports }: Bundle, id: string, context: ImportContext): BuildError {
  const specifier = graph.specifierOf(id);
  const world = parseWitId(context.world.id)?.name ?? context.world.id;
  const chain = graph.chain(id);
  const missing = context.available.interfaces.filter(
    (each) => !context.world.imports.has(each) && imports.some((other) => isSpellingOf(other, each)),
  );
  const way = chain.length > 2 ? `Imported by: ${chain.join(" → ")}\n  ` : "";
  return new BuildError("missing-import", `world \`${world}\` does not import \`${specifier}\``, {
    ...graph.placeOf(id),
    hint: way + remedy(specifier, world, missing, context),
  });
}

/** @param missing all interfaces that could be imported and are not */
function remedy(
  specifier: string,
  world: string,
  missing: readonly string[],
  context: ImportContext,
): string {
  const { available, clients } = context;
  const offered = available.interfaces.find((each) => isSpellingOf(specifier, each));
  if (offered !== undefined) {
    const [first, ...others] = missing;
    if (others.length === 0)
      return `Add \`import ${offered};\` to world \`${world}\` at ${context.worldPlace}.`;
    const lines = [first, ...others].map((id) => `\n    import ${id};`).join("");
    return `Add to world \`${world}\` at ${context.worldPlace}, for all that the program imports:${lines}`;
  }
  const client = [...clients].find(([, each]) => isSpellingOf(specifier, each));
  if (client !== undefined) {
    return `Add to \`dependencies\` of ${context.manifest}:\n    ${context.component}:\n      - type: wasm-rpc\n        target: ${client[0]}`;
  }
  const nearest = nearestInterface(specifier, [...available.interfaces, ...clients.values()]);
  return nearest === undefined ? "There is no such interface." : `Did you mean \`${nearest}\`?`;
}

/** The version does not count, unless it is what tells two interfaces apart. */
function nearestInterface(specifier: string, ids: readonly string[]): string | undefined {
  const plain = (id: string): string => id.replace(/@.*$/, "");
  const nearest = nearestName(plain(specifier), ids.map(plain));
  return nearestName(specifier, ids) ?? ids.find((id) => plain(id) === nearest);
}

function checkImportedNames({ code, graph }: Bundle, world: WitWorld): void {
  for (const statement of code.program.body) {
    if (statement.type !== "ImportDeclaration" && statement.type !== "ExportNamedDeclaration") continue;
    const item = world.imports.get(String(statement.source?.value));
    if (item?.kind !== "interface") continue;
    const names = importableNames(item.interface);
    for (const specifier of statement.specifiers) {
      const name = importedName(specifier);
      if (name === undefined || names.includes(name)) continue;
      const nearest = nearestName(name, names);
      throw new BuildError("missing-import", `\`${item.interface.id}\` has no \`${name}\``, {
        ...graph.placeOf(item.interface.id),
        hint: nearest === undefined ? `It has: ${names.join(", ")}.` : `Did you mean \`${nearest}\`?`,
      });
    }
  }
}

function importedName(
  specifier: ImportDeclaration["specifiers"][number] | ExportNamedDeclaration["specifiers"][number],
): string | undefined {
  if (specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier")
    return specifier.imported.name;
  return specifier.type === "ExportSpecifier" && specifier.local.type === "Identifier"
    ? specifier.local.name
    : undefined;
}

/** The values of an interface; its types are gone from the bundle. */
function importableNames({ functions, resources }: WitInterface): readonly string[] {
  const freestanding = [...functions.values()].filter(({ kind }) => kind === "freestanding");
  return [...freestanding.map(({ name }) => camelCase(name)), ...resources.map(pascalCase)];
}
