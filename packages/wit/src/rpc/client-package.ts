import type {
  WitFile,
  WitPackageName,
  WitPath,
  WitRename,
  WitResourceItem,
  WitSignature,
  WitTypeDeclaration,
  WitUse,
} from "../ast.ts";
import { printPath } from "../printer-types.ts";
import { checkClientNames } from "./check-client-names.ts";
import {
  callsOf,
  type ClientFunction,
  type ExportedInterface,
  futureName,
  named,
  type Stub,
  stubsOf,
  usableTypes,
} from "./client-stub.ts";
import { clientPackageName } from "./main-package.ts";
import type { TypeRenames } from "./rename-types.ts";
import { declaredNames } from "./type-names.ts";

export interface ClientSource {
  readonly package: WitPackageName;
  readonly world: string;
  readonly type: "durable" | "ephemeral";
  readonly exported: readonly ExportedInterface[];
  /** Where its WIT is written, for messages. */
  readonly file: string;
}

/** The client package of a component, and which of its exports each resource of the client stands for. */
export interface ClientPackage {
  readonly file: WitFile;
  /** `shop:orders-client/orders-client` */
  readonly path: WitPath & { readonly package: WitPackageName };
  readonly targets: ReadonlyMap<string, WitPath>;
}

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
 * @throws WitError `duplicate-name` when two exports, or two functions or parameters, would need the same name in the client
 */
export function clientPackage({ package: source, world, type, exported, file }: ClientSource): ClientPackage {
  const packageName = clientPackageName(source);
  const renames = typeRenames(exported);
  const stubs = exported.flatMap((each) => stubsOf(each, renames.get(each) ?? new Map()));
  const items: readonly (WitUse | WitTypeDeclaration)[] = [
    ...header,
    ...typeUses(exported, renames),
    ...stubs.flatMap((stub) => stub.functions.flatMap(futureOf)),
    ...stubs.map((stub) => stubResource(stub, type)),
  ];
  const platform = declaredNames(header);
  const types = exported.map((each) => ({ ...each, renames: renames.get(each) }));
  checkClientNames({ platform, types, stubs, type, file });
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

function platformUse(namespace: string, name: string, target: string, names: readonly WitRename[]): WitUse {
  return { kind: "use", path: { package: { namespace, name, version: "0.2.0" }, name: target }, names };
}
