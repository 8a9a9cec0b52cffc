import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type ModuleExportName, parseSync, Visitor } from "oxc-parser";

const SOURCES = join(import.meta.dirname, "../src");

/** A source of the SDK: what it takes from the platform, which of the SDK's files it uses, and the members it names. */
interface Source {
  /** Names by interface without version: `wasi:io/poll` gives `poll`, `Pollable`. */
  readonly platform: ReadonlyMap<string, ReadonlySet<string>>;
  readonly files: readonly string[];
  readonly members: ReadonlySet<string>;
}

/** Tells whether the SDK's own code comes to functions of the platform. */
export class ReachedFunctions {
  readonly #sources = new Map<string, Source>();

  constructor() {
    for (const path of readdirSync(SOURCES, { recursive: true, encoding: "utf8" })) {
      if (path.endsWith(".ts")) this.#sources.set(join(SOURCES, path), readSource(join(SOURCES, path)));
    }
  }

  /** @param functionName as in WIT: `get`, `[method]bucket.x`, `[static]bucket.x`, `[constructor]bucket` */
  has(interfaceName: string, functionName: string): boolean {
    const [, kind = "", name = ""] = /^(?:\[(.*)\])?(.*)$/.exec(functionName) ?? [];
    const [resource = "", method = ""] = name.split(".");
    if (kind === "" || kind === "constructor")
      return this.#importsName(interfaceName, kind === "" ? camelCase(name) : pascalCase(name));
    return this.#near(interfaceName, pascalCase(resource)).some(({ members }) =>
      members.has(camelCase(method)),
    );
  }

  #importsName(interfaceName: string, name: string): boolean {
    return [...this.#sources.values()].some(({ platform }) => platform.get(interfaceName)?.has(name));
  }

  /** Files that name the resource, those that they use, and those that use them. Some resources are never named. */
  #near(interfaceName: string, resource: string): readonly Source[] {
    const sources = [...this.#sources];
    const importing = sources.filter(([, { platform }]) => platform.has(interfaceName));
    const named = importing.filter(([, { platform }]) => platform.get(interfaceName)?.has(resource));
    const nearest = new Map(named.length > 0 ? named : importing);
    const used = new Set([...nearest.values()].flatMap(({ files }) => files));
    return sources
      .filter(
        ([path, { files }]) => nearest.has(path) || used.has(path) || files.some((file) => nearest.has(file)),
      )
      .map(([, source]) => source);
  }
}

function readSource(path: string): Source {
  const platform = new Map<string, Set<string>>();
  const files: string[] = [];
  const members = new Set<string>();
  const take = (module: string, names: readonly ModuleExportName[]): void => {
    if (module.startsWith(".")) files.push(join(dirname(path), module));
    if (!/^(golem|wasi):/.test(module)) return;
    const [interfaceName = ""] = module.split("@");
    const known = platform.get(interfaceName) ?? new Set();
    platform.set(interfaceName, known);
    for (const name of names) if ("name" in name) known.add(name.name);
  };
  const { program } = parseSync(path, readFileSync(path, "utf8"));
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      const names = specifiers.flatMap((each) => (each.type === "ImportSpecifier" ? [each.imported] : []));
      take(source.value, names);
    },
    ExportNamedDeclaration({ source, specifiers }) {
      if (source)
        take(
          source.value,
          specifiers.map(({ local }) => local),
        );
    },
    MemberExpression({ property }) {
      if (property.type === "Identifier") members.add(property.name);
    },
  }).visit(program);
  return { platform, files, members };
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
