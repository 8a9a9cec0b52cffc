import type {
  WitInterfaceDeclaration,
  WitNode,
  WitPackageName,
  WitPath,
  WitPosition,
  WitResourceItem,
  WitSignature,
  WitTypeExpression,
} from "../ast.ts";
import { type TypeRenames, renameSignature } from "./rename-types.ts";
import { declaredNames } from "./type-names.ts";

/** An interface that a component exports, and where others find it. */
export interface ExportedInterface {
  readonly path: WitPath & { readonly package: WitPackageName };
  readonly declaration: WitInterfaceDeclaration;
}

/** A function of the callee as the client sees it; `prefix` tells apart the results of different resources. */
export interface ClientFunction {
  readonly name: string;
  readonly prefix: string;
  readonly isStatic: boolean;
  readonly signature: WitSignature;
  readonly at: WitPosition | undefined;
}

/** A resource of the client: an exported interface, or an exported resource. */
export interface Stub {
  readonly name: string;
  readonly target: WitPath;
  readonly constructorParams: WitSignature["params"];
  readonly functions: readonly ClientFunction[];
  readonly at: WitPosition | undefined;
  /** As messages name it. */
  readonly from: string;
}

export const named = (name: string): WitTypeExpression => ({ kind: "named", name });

/** All types of an interface but its own resources, which the client has its own of. */
export function usableTypes({ items }: WitInterfaceDeclaration): readonly string[] {
  return declaredNames(items.filter((item) => item.kind !== "resource"));
}

export function stubsOf({ path, declaration }: ExportedInterface, renames: TypeRenames): readonly Stub[] {
  const functions = declaration.items
    .filter((item) => item.kind === "func")
    .map((item) => clientFunction("", item, false));
  const resources = declaration.items.filter((item) => item.kind === "resource");
  return [
    {
      name: declaration.name,
      target: path,
      constructorParams: [],
      functions,
      at: declaration.at,
      from: `the interface \`${declaration.name}\``,
    },
    ...resources.map(({ name, items, at }) => ({
      name,
      target: path,
      at,
      from: `the resource \`${name}\``,
      constructorParams: constructorParams(items),
      functions: [...memberFunctions(name, items, "static"), ...memberFunctions(name, items, "method")],
    })),
  ];

  function memberFunctions(owner: string, items: readonly WitResourceItem[], kind: "static" | "method") {
    return items.flatMap((item) =>
      item.kind === kind ? [clientFunction(`${owner}-`, item, kind === "static")] : [],
    );
  }

  function constructorParams(items: readonly WitResourceItem[]): WitSignature["params"] {
    const declared = items.find((item) => item.kind === "constructor");
    return declared === undefined ? [] : renameSignature(declared.signature, renames).params;
  }

  function clientFunction(
    prefix: string,
    { name, signature, at }: WitNode & { readonly name: string; readonly signature: WitSignature },
    isStatic: boolean,
  ): ClientFunction {
    return { name, prefix, isStatic, signature: renameSignature(signature, renames), at };
  }
}

export function futureName({ name, prefix }: ClientFunction): string {
  return `future-${prefix}${name}-result`;
}

/** What a client offers for a function of the callee. */
export function callsOf(declared: ClientFunction): readonly WitResourceItem[] {
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
