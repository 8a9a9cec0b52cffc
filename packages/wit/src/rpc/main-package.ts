import type { WitFile, WitPackageName, WitPath, WitWorldDeclaration } from "../ast.ts";
import { parseWit } from "../parser.ts";
import { WitError } from "../wit-error.ts";
import type { RpcComponent } from "./rpc-input.ts";

/** The file of a component that declares its package and its world. */
export interface MainPackage {
  readonly file: WitFile;
  readonly name: WitPackageName;
  readonly world: WitWorldDeclaration;
  /** What a path in the file means: aliases of the file are followed, and the own package is left out. */
  resolve(path: WitPath): WitPath;
}

/**
 * Reads the file of a component that is not under `deps/`. As for Golem's own command line, there is just one, with one world.
 *
 * @throws WitError
 */
export function readMainPackage({ name, wit, folder = name }: RpcComponent): MainPackage {
  const [path, ...further] = [...wit.keys()].filter((each) => !each.startsWith("deps/"));
  if (path === undefined || further.length > 0) {
    const found = path === undefined ? "there is none" : `there are ${[path, ...further].join(", ")}`;
    throw new WitError("unsupported", `a component has one WIT file beside \`deps\`, but ${found}`, {
      file: folder,
      text: "",
    });
  }
  const file = parseWit(wit.get(path) ?? "", { file: `${folder}/${path}` });
  const worlds = file.items.filter((item) => item.kind === "world");
  const [world] = worlds;
  if (file.package === undefined || world === undefined || worlds.length > 1) {
    const problem = `a component's WIT declares its package and one world; here ${file.package ? `are ${worlds.length} worlds` : "is no package"}`;
    throw new WitError("unsupported", problem, { file: `${folder}/${path}`, text: "" });
  }
  const own = file.package.name;
  const aliases = new Map(
    file.items.filter((item) => item.kind === "file-use").map((use) => [use.as ?? use.path.name, use.path]),
  );
  const resolve = (path: WitPath): WitPath => {
    const {
      package: owner,
      name,
      at,
    } = (path.package === undefined ? aliases.get(path.name) : undefined) ?? path;
    const isOwn = owner?.namespace === own.namespace && owner.name === own.name;
    return {
      ...(owner !== undefined && !isOwn && { package: owner }),
      name,
      ...(at !== undefined && { at }),
    };
  };
  return { file, name: own, world, resolve };
}

/** `shop:orders-exports` of `shop:orders`, of the same version. */
export function exportsPackageName({ namespace, name, version }: WitPackageName): WitPackageName {
  return { namespace, name: `${name}-exports`, ...(version !== undefined && { version }) };
}

/** `shop:orders-client` of `shop:orders`, of the same version. */
export function clientPackageName({ namespace, name, version }: WitPackageName): WitPackageName {
  return { namespace, name: `${name}-client`, ...(version !== undefined && { version }) };
}

/** The folder of a generated package under `deps/`. */
export function packageFolder({ namespace, name }: WitPackageName): string {
  return `${namespace}_${name}`;
}
