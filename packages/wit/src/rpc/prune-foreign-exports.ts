import type {
  WitFile,
  WitInterfaceItem,
  WitPackageItem,
  WitPackageName,
  WitPath,
  WitResourceItem,
  WitUse,
  WitWorldDeclarationItem,
} from "../ast.ts";
import { parseWit } from "../parser.ts";
import { printWit } from "../printer.ts";
import { printPath } from "../printer-types.ts";
import { WitError } from "../wit-error.ts";
import { exportsPackageName } from "./main-package.ts";
import type { WitTexts } from "./rpc-input.ts";
import { declarationNames, signatureNames } from "./type-names.ts";
import { withTypesForItself } from "./types-for-itself.ts";

/** The types of each interface that cannot stay, by `ns:pkg/interface`. */
type GoneTypes = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The interface through which HTTP requests arrive: components export it, nobody offers it. Its types are resources of the
 * caller, which no call can send.
 */
const INCOMING_HANDLER = "wasi:http/incoming-handler";
const INCOMING_HANDLER_TYPES: ReadonlySet<string> = new Set(["incoming-request", "response-outparam"]);

/**
 * The generated WIT as componentize-js must get it. It imports all functions and resources of an interface that is there only
 * for its types, but nobody implements the exports of another component: so in the `-exports` packages of other components
 * only types stay. A type that contains a resource of those has no meaning in the caller and goes as well, together with the
 * functions of clients that need it. The same is true of the HTTP handler that another component, or this one, exports.
 *
 * @param files the files of `generateRpc`
 * @throws WitError `unsupported` when the component's own WIT uses a type that goes
 */
export function pruneForeignExports(files: WitTexts): WitTexts {
  const generated = new Map(Array.from(files, ([path, text]) => [path, parseWit(text, { file: path })]));
  const own = [...generated].find(([path]) => !path.startsWith("deps/"))?.[1].package?.name;
  const parsed = own === undefined ? generated : withTypesForItself(generated, own);
  const ownExports = own === undefined ? null : exportsPackageName(own).name;
  const isForeign = ({ package: declared }: WitFile): boolean =>
    declared !== undefined &&
    declared.name.name.endsWith("-exports") &&
    !(declared.name.namespace === own?.namespace && declared.name.name === ownExports);
  const foreign = [...parsed.values()].filter(isForeign);
  const gone = goneTypes(foreign);
  const goneFromClients = new Map([...gone, [INCOMING_HANDLER, INCOMING_HANDLER_TYPES]]);
  return new Map(
    Array.from(parsed, ([path, file]) => {
      const text = files.get(path) ?? printWit(file);
      if (isForeign(file))
        return [path, printWit(mapInterfaces(file, (items, id) => typesOf(items, id, file, gone)))];
      if (file.package?.name.name.endsWith("-client") === true) {
        return [path, printWit(mapInterfaces(file, (items) => usableClient(items, goneFromClients)))];
      }
      requireNothingGone(file, gone);
      return [path, path.startsWith("deps/") ? text : withoutHandlerImport(file, text)];
    }),
  );
}

/** The component's own file, whose world lists what its clients need. */
function withoutHandlerImport(file: WitFile, text: string): string {
  const isNeeded = (item: WitWorldDeclarationItem): boolean =>
    item.kind !== "import" ||
    item.extern.kind !== "path" ||
    interfaceId(item.extern.path, file) !== INCOMING_HANDLER;
  const isComplete = file.items.every((item) => item.kind !== "world" || item.items.every(isNeeded));
  if (isComplete) return text;
  const items = file.items.map((item) =>
    item.kind === "world" ? { ...item, items: item.items.filter(isNeeded) } : item,
  );
  return printWit({ ...file, items });
}

/** Resources, and what mentions one: in a type, through `use`, or through another such type. */
function goneTypes(files: readonly WitFile[]): GoneTypes {
  const gone = new Map<string, Set<string>>();
  const isGone = (interfaceId: string, name: string): boolean => gone.get(interfaceId)?.has(name) === true;
  const add = (interfaceId: string, name: string): boolean => {
    if (isGone(interfaceId, name)) return false;
    gone.set(interfaceId, (gone.get(interfaceId) ?? new Set()).add(name));
    return true;
  };
  let isComplete = false;
  while (!isComplete) {
    isComplete = true;
    for (const file of files) {
      for (const item of file.items) {
        if (item.kind !== "interface") continue;
        const id = interfaceId({ name: item.name }, file);
        for (const name of item.items.flatMap((each) => namesThatGo(each, id, file))) {
          if (add(id, name)) isComplete = false;
        }
      }
    }
  }
  return gone;

  function namesThatGo(item: WitInterfaceItem, id: string, file: WitFile): readonly string[] {
    switch (item.kind) {
      case "func":
        return [];
      case "resource":
        return [item.name];
      case "use":
        return item.names
          .filter(({ name }) => isGone(interfaceId(item.path, file), name))
          .map(({ name, as = name }) => as);
      default:
        return declarationNames(item).some((name) => isGone(id, name)) ? [item.name] : [];
    }
  }
}

/** The types of an interface that stay. */
function typesOf(
  items: readonly WitInterfaceItem[],
  id: string,
  file: WitFile,
  gone: GoneTypes,
): readonly WitInterfaceItem[] {
  return items.flatMap((item): readonly WitInterfaceItem[] => {
    if (item.kind === "use") return remainingUse(item, interfaceId(item.path, file), gone);
    return item.kind === "func" || gone.get(id)?.has(item.name) === true ? [] : [item];
  });
}

/** A client without the types that go, the functions that mention them, and the futures of such. */
function usableClient(items: readonly WitInterfaceItem[], gone: GoneTypes): readonly WitInterfaceItem[] {
  const unusable = new Set<string>();
  const usable: WitInterfaceItem[] = [];
  // Futures are declared before the functions that return them.
  for (const item of items) {
    if (item.kind === "use") {
      const id = interfaceId(item.path);
      for (const { name, as = name } of item.names) if (gone.get(id)?.has(name) === true) unusable.add(as);
      usable.push(...remainingUse(item, id, gone));
    } else if (item.kind === "resource") {
      const members = item.items.filter((member) => !mentions(member, unusable));
      const isFuture = /^future-.*-result$/.test(item.name);
      if (isFuture && members.length < item.items.length) unusable.add(item.name);
      else usable.push({ ...item, items: members });
    } else {
      usable.push(item);
    }
  }
  return usable;
}

function mentions({ signature }: WitResourceItem, names: ReadonlySet<string>): boolean {
  return signatureNames(signature).some((name) => names.has(name));
}

function remainingUse(use: WitUse, id: string, gone: GoneTypes): readonly WitUse[] {
  const names = use.names.filter(({ name }) => gone.get(id)?.has(name) !== true);
  return names.length === 0 ? [] : [{ ...use, names }];
}

function requireNothingGone(file: WitFile, gone: GoneTypes): void {
  for (const item of file.items) {
    const uses = item.kind === "interface" || item.kind === "world" ? item.items : [];
    for (const use of uses) {
      if (use.kind !== "use") continue;
      const name = use.names.find((each) => gone.get(interfaceId(use.path, file))?.has(each.name) === true);
      if (name === undefined) continue;
      const problem = `\`${name.name}\` of \`${printPath(use.path)}\` is or contains a resource of another component, which exists only there; use the client's resource, or a type without resources`;
      throw new WitError("unsupported", problem, {
        file: file.file ?? "<wit>",
        at: name.at,
        text: name.name,
      });
    }
  }
}

/** `ns:pkg/interface`, without the version: of a package of exports there is one. */
function interfaceId(path: WitPath, file?: WitFile): string {
  const owner: WitPackageName | undefined = path.package ?? file?.package?.name;
  return owner === undefined ? path.name : `${owner.namespace}:${owner.name}/${path.name}`;
}

function mapInterfaces(
  file: WitFile,
  map: (items: readonly WitInterfaceItem[], id: string) => readonly WitInterfaceItem[],
): WitFile {
  const mapItem = <T extends WitPackageItem | WitFile["items"][number]>(item: T): T =>
    item.kind === "interface"
      ? { ...item, items: map(item.items, interfaceId({ name: item.name }, file)) }
      : item;
  return { ...file, items: file.items.map(mapItem) };
}
