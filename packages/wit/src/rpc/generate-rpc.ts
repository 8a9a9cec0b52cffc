import type { WitFile, WitPackageName } from "../ast.ts";
import { printWit } from "../printer.ts";
import { printPath } from "../printer-types.ts";
import { resolveWit } from "../resolve.ts";
import { WitError } from "../wit-error.ts";
import { type ClientPackage, clientPackage } from "./client-package.ts";
import type { ExportedInterface } from "./client-stub.ts";
import { type ComponentWit, readComponentWit } from "./component-wit.ts";
import { packageFolder } from "./main-package.ts";
import { withEveryImport, withImports } from "./main-world.ts";
import { mapFilePaths } from "./map-paths.ts";
import { type PackageFolder, findPackage, neededPackages, readPackageFolders } from "./package-folders.ts";
import type { RpcDynamicLinking, RpcInput, RpcTarget, RpcWit } from "./rpc-input.ts";

/**
 * Generates the WIT that a component is built with, as Golem's command line does: its exports in a package of their own, a
 * client package for every component that it calls, and a world that imports the clients; and what Golem must be told to
 * link the clients. A reference to a package gets the version that is there, if that is compatible.
 *
 * @throws WitError for WIT that is wrong, or that cannot be called remotely
 */
export function generateRpc(input: RpcInput): RpcWit {
  const { component, calledAs, dependencies, others = [], platform } = input;
  const own = readComponentWit(component);
  const targets = dependencies.map((target) => ({ target, wit: readComponentWit(target) }));
  const all = distinct([own, ...targets.map(({ wit }) => wit), ...others.map(readComponentWit)]);
  const given = [...all.flatMap(({ deps }) => deps), ...readPackageFolders(platform, "wit/deps")];
  const offered = [...given, ...all.map((each) => each.package.exports)];

  const exportsFolders = all.map(({ package: { exports } }) =>
    generatedFolder(exports.file, exports.name, "exports.wit", offered),
  );
  const packages = [...given, ...exportsFolders];
  const clients = targets.map(({ target, wit }) => ({
    target,
    client: clientOf(target.type, wit, packages),
  }));
  // Whoever builds the callee can mend it: callers would fail in a file that nobody has written.
  if (calledAs !== undefined) clientOf(calledAs, own, packages);

  const { name, world } = own.package;
  const clientPaths = clients.map(({ client }) => client.path);
  const main = withOfferedVersions(withImports(own.package.main, clientPaths), offered);
  const folders = new Set([
    ...exportsFolders.filter((folder) => folder.name === own.package.exports.name),
    ...clients.map(({ client }) => generatedFolder(client.file, client.path.package, "client.wit", offered)),
    ...own.deps,
  ]);
  for (const each of neededPackages([main, ...filesOf(folders)], packages)) folders.add(each);

  const resolved = resolveWit([main, ...filesOf(folders)]).world(world);
  const imports = [...resolved.imports.keys()].filter((id) => !isOfPackages(id, exportsFolders));
  const deps = [...folders].flatMap(({ texts }) =>
    Array.from(texts, ([path, text]) => [`deps/${path}`, text] as const),
  );
  return {
    files: new Map([["main.wit", printWit(withEveryImport(main, imports, name))], ...deps]),
    world: printPath({ package: name, name: world }),
    dynamicLinking: linkingOf(clients),
  };
}

interface Client {
  readonly target: RpcTarget;
  readonly client: ClientPackage;
}

function clientOf(
  type: RpcTarget["type"],
  wit: ComponentWit,
  packages: readonly PackageFolder[],
): ClientPackage {
  const { name, world, exported, exports } = wit.package;
  const interfaces = exported.map(({ path, at }): ExportedInterface => {
    const owner = findPackage(path.package, packages);
    const declaration = owner?.files
      .flatMap(({ items }) => items)
      .find((item) => item.kind === "interface" && item.name === path.name);
    if (owner === undefined || declaration?.kind !== "interface") {
      const problem = `the world exports \`${printPath(path)}\`, which is nowhere`;
      throw new WitError("unknown-name", problem, {
        file: exports.file.file ?? "<wit>",
        at,
        text: printPath(path),
      });
    }
    return { path: { package: owner.name, name: path.name }, declaration };
  });
  return clientPackage({
    package: name,
    world,
    type,
    exported: interfaces,
    file: exports.file.file ?? "<wit>",
  });
}

function linkingOf(clients: readonly Client[]): RpcDynamicLinking {
  return Object.fromEntries(
    clients.map(({ target, client }) => {
      const componentType = target.type === "durable" ? "Durable" : "Ephemeral";
      const targets = [...client.targets].map(([resource, path]) => {
        const link = { interfaceName: printPath(path), componentName: target.name, componentType } as const;
        return [resource, link];
      });
      return [printPath(client.path), { type: "WasmRpc", targets: Object.fromEntries(targets) }];
    }),
  );
}

function generatedFolder(
  file: WitFile,
  name: WitPackageName,
  fileName: string,
  offered: readonly { readonly name: WitPackageName }[],
): PackageFolder {
  const path = `${packageFolder(name)}/${fileName}`;
  const exact = withOfferedVersions({ ...file, file: `deps/${path}` }, offered);
  return { name, files: [exact], texts: new Map([[path, printWit(exact)]]) };
}

/** Golem's tools take only the very version of a package. */
function withOfferedVersions(file: WitFile, offered: readonly { readonly name: WitPackageName }[]): WitFile {
  return mapFilePaths(file, (path) => {
    const owner = path.package === undefined ? undefined : findPackage(path.package, offered);
    return owner === undefined ? path : { ...path, package: owner.name };
  });
}

function filesOf(folders: Iterable<PackageFolder>): readonly WitFile[] {
  return [...folders].flatMap(({ files }) => files);
}

/** Interfaces of `-exports` packages are imported for their types, never as such. */
function isOfPackages(id: string, packages: readonly PackageFolder[]): boolean {
  return packages.some(({ name: { namespace, name } }) => id.startsWith(`${namespace}:${name}/`));
}

/** The first of each package: a component may call itself. */
function distinct(components: readonly ComponentWit[]): readonly ComponentWit[] {
  return [
    ...new Map(components.toReversed().map((each) => [packageFolder(each.package.name), each])).values(),
  ].toReversed();
}
