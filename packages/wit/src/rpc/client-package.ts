import type {
  WitFile,
  WitInterfaceDeclaration,
  WitPackageName,
  WitPath,
  WitRename,
  WitResourceItem,
  WitSignature,
  WitTypeDeclaration,
  WitTypeExpression,
  WitUse,
} from "../ast.ts";
import { printPath } from "../printer-types.ts";
import { WitError } from "../wit-error.ts";
import { clientPackageName } from "./main-package.ts";
import { type TypeRenames, renameSignature } from "./rename-types.ts";
import { declaredNames } from "./type-names.ts";

/** An interface that a component exports, and where others find it. */
export interface ExportedInterface {
  readonly path: WitPath & { readonly package: WitPackageName };
  readonly declaration: WitInterfaceDeclaration;
}

export interface ClientSource {
  readonly package: WitPackageName;
  readonly world: string;
  readonly type: "durable" | "ephemeral";
  readonly exported: readonly ExportedInterface[];
}

/** The client package of a component, and which of its exports each resource of the client stands for. */
export interface ClientPackage {
  readonly file: WitFile;
  /** `shop:orders-client/orders-client` */
  readonly path: WitPath & { readonly package: WitPackageName };
  readonly targets: ReadonlyMap<string, WitPath>;
}

/** A function of the callee as the client sees it; `prefix` tells apart the results of different resources. */
interface ClientFunction {
  readonly name: string;
  readonly prefix: string;
  readonly isStatic: boolean;
  readonly signature: WitSignature;
}

/** A resource of the client: an exported interface, or an exported resource. */
interface Stub {
  readonly name: string;
  readonly target: WitPath;
  readonly constructorParams: WitSignature["params"];
  readonly functions: readonly ClientFunction[];
}

const named = (name: string): WitTypeExpression => ({ kind: "named", name });

const header: readonly WitUse[] = [
  platformUse("wasi", "io", "poll", [{ name: "pollable", as: "wasi-io-pollable" }]),
  platformUse("wasi", "clocks", "wall-clock", [{ name: "datetime", as: "wasi-clocks-datetime" }]),
  platformUse("golem", "rpc", "types", [
    { name: "component-id", as: "golem-rpc-component-id" },
    { name: "worker-id", as: "golem-rpc-worker-id" },
    { name: "cancellation-token", as: "golem-rpc-cancellation-token" },
  ]),
];

/**
 * Writes the package through which other components call this one: for each exported interface and each exported resource,
 * a resource whose functions call a worker and wait (`blocking-f`), call it and return a future (`f`), or call it later
 * (`schedule-f`).
 *
 * @throws WitError `duplicate-name` when two exports would need the same name in the client
 */
export function clientPackage({ package: source, world, type, exported }: ClientSource): ClientPackage {
  const packageName = clientPackageName(source);
  const renames = typeRenames(exported);
  const stubs = exported.flatMap((each) => stubsOf(each, renames.get(each) ?? new Map()));
  const items: readonly (WitUse | WitTypeDeclaration)[] = [
    ...header,
    ...typeUses(exported, renames),
    ...stubs.flatMap((stub) => stub.functions.flatMap(futureOf)),
    ...stubs.map((stub) => stubResource(stub, type)),
  ];
  requireDistinct(declaredNames(items), packageName);
  const name = `${world}-client`;
  return {
    path: { package: packageName, name },
    targets: new Map(stubs.map((stub) => [stub.name, stub.target])),
    file: {
      package: { name: packageName },
      items: [
        { kind: "interface", name, items },
        {
          kind: "world",
          name: `wasm-rpc-client-${world}`,
          items: [{ kind: "export", extern: { kind: "path", path: { name } } }],
        },
      ],
    },
  };
}

/** Types that several exported interfaces name alike get their whole path as their name. */
function typeRenames(exported: readonly ExportedInterface[]): ReadonlyMap<ExportedInterface, TypeRenames> {
  const names = exported.flatMap(({ declaration }) => usableTypes(declaration));
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return new Map(
    exported.map((each) => {
      const { package: owner, name } = each.path;
      const types = usableTypes(each.declaration).filter((type) => repeated.has(type));
      return [each, new Map(types.map((type) => [type, `${owner.namespace}-${owner.name}-${name}-${type}`]))];
    }),
  );
}

function typeUses(
  exported: readonly ExportedInterface[],
  renames: ReadonlyMap<ExportedInterface, TypeRenames>,
): readonly WitUse[] {
  return exported
    .map((each) => {
      const names = usableTypes(each.declaration)
        .toSorted()
        .map((name): WitRename => {
          const as = renames.get(each)?.get(name);
          return as === undefined ? { name } : { name, as };
        });
      return { kind: "use" as const, path: each.path, names };
    })
    .filter(({ names }) => names.length > 0)
    .toSorted((a, b) => (printPath(a.path) < printPath(b.path) ? -1 : 1));
}

/** All types of an interface but its own resources, which the client has its own of. */
function usableTypes({ items }: WitInterfaceDeclaration): readonly string[] {
  return declaredNames(items.filter((item) => item.kind !== "resource"));
}

function stubsOf({ path, declaration }: ExportedInterface, renames: TypeRenames): readonly Stub[] {
  const functions = declaration.items
    .filter((item) => item.kind === "func")
    .map(({ name, signature }) => clientFunction("", name, false, signature));
  const resources = declaration.items.filter((item) => item.kind === "resource");
  return [
    { name: declaration.name, target: path, constructorParams: [], functions },
    ...resources.map(({ name, items }) => ({
      name,
      target: path,
      constructorParams: constructorParams(items),
      functions: [...memberFunctions(name, items, "static"), ...memberFunctions(name, items, "method")],
    })),
  ];

  function memberFunctions(owner: string, items: readonly WitResourceItem[], kind: "static" | "method") {
    return items.flatMap((item) =>
      item.kind === kind ? [clientFunction(`${owner}-`, item.name, kind === "static", item.signature)] : [],
    );
  }

  function constructorParams(items: readonly WitResourceItem[]): WitSignature["params"] {
    const declared = items.find((item) => item.kind === "constructor");
    return declared === undefined ? [] : renameSignature(declared.signature, renames).params;
  }

  function clientFunction(
    prefix: string,
    name: string,
    isStatic: boolean,
    signature: WitSignature,
  ): ClientFunction {
    return { name, prefix, isStatic, signature: renameSignature(signature, renames) };
  }
}

function futureName({ name, prefix }: ClientFunction): string {
  return `future-${prefix}${name}-result`;
}

function futureOf(declared: ClientFunction): WitTypeDeclaration[] {
  const { result } = declared.signature;
  if (result === undefined) return [];
  const items: readonly WitResourceItem[] = [
    { kind: "method", name: "subscribe", signature: { params: [], result: named("wasi-io-pollable") } },
    { kind: "method", name: "get", signature: { params: [], result: { kind: "option", some: result } } },
  ];
  return [{ kind: "resource", name: futureName(declared), items }];
}

function stubResource(
  { name, constructorParams, functions }: Stub,
  type: "durable" | "ephemeral",
): WitTypeDeclaration {
  const isDurable = type === "durable";
  const id = isDurable ? "worker-id" : "component-id";
  const workerName: WitSignature["params"] = isDurable
    ? [{ name: "worker-name", type: { kind: "string" } }]
    : [];
  return {
    kind: "resource",
    name,
    items: [
      { kind: "constructor", signature: { params: [...workerName, ...constructorParams] } },
      {
        kind: "static",
        name: "custom",
        signature: {
          params: [{ name: id, type: named(`golem-rpc-${id}`) }, ...constructorParams],
          result: named(name),
        },
      },
      ...functions.flatMap(callsOf),
    ],
  };
}

function callsOf(declared: ClientFunction): readonly WitResourceItem[] {
  const { name, isStatic, signature } = declared;
  const kind = isStatic ? "static" : "method";
  const { params, result } = signature;
  return [
    { kind, name: `blocking-${name}`, signature },
    {
      kind,
      name,
      signature: { params, ...(result !== undefined && { result: named(futureName(declared)) }) },
    },
    {
      kind,
      name: `schedule-${name}`,
      signature: {
        params: [...params, { name: "scheduled-for", type: named("wasi-clocks-datetime") }],
        result: named("golem-rpc-cancellation-token"),
      },
    },
  ];
}

function requireDistinct(names: readonly string[], { namespace, name }: WitPackageName): void {
  const repeated = names.find((each, index) => names.indexOf(each) < index);
  if (repeated === undefined) return;
  const problem = `two exports need the name \`${repeated}\` in the client: rename one of the interfaces, resources, types or functions that it comes from`;
  throw new WitError("duplicate-name", problem, { file: `${namespace}:${name}`, text: repeated });
}

function platformUse(namespace: string, name: string, target: string, names: readonly WitRename[]): WitUse {
  return { kind: "use", path: { package: { namespace, name, version: "0.2.0" }, name: target }, names };
}
