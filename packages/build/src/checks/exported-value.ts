import type { Class, Function, Node, ObjectExpression, Program } from "estree";

/** What a bundle says about an exported value, as far as it can be read without running it. */
export type StaticValue =
  | { readonly kind: "function"; readonly node: Function }
  | { readonly kind: "class"; readonly node: Class }
  | { readonly kind: "object"; readonly node: ObjectExpression }
  /** Computed: only the engine will know. */
  | { readonly kind: "unknown"; readonly node: Node }
  /** Certainly nothing that can be called. */
  | { readonly kind: "other"; readonly node: Node };

/** The exports of a bundle by name. */
export function exportedValues(program: Program): ReadonlyMap<string, StaticValue> {
  const bindings = topLevelBindings(program);
  const exported = new Map<string, StaticValue>();
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const { local, exported: name } of statement.specifiers) {
      const key = name.type === "Identifier" ? name.name : String(name.value);
      exported.set(key, staticValue(local, bindings));
    }
  }
  return exported;
}

/** What the names at the top of a program stand for. */
export function topLevelBindings(program: Program): ReadonlyMap<string, Node> {
  const bindings = new Map<string, Node>();
  for (const statement of program.body) {
    if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") {
      bindings.set(statement.id.name, statement);
    } else if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) {
        if (id.type === "Identifier" && init) bindings.set(id.name, init);
      }
    }
  }
  return bindings;
}

export function staticValue(node: Node, bindings: ReadonlyMap<string, Node>): StaticValue {
  switch (node.type) {
    case "Identifier": {
      const value = bindings.get(node.name);
      return value === undefined || value === node ? { kind: "unknown", node } : staticValue(value, bindings);
    }
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return { kind: "function", node };
    case "ClassDeclaration":
    case "ClassExpression":
      return { kind: "class", node };
    case "ObjectExpression":
      return { kind: "object", node };
    case "Literal":
    case "TemplateLiteral":
    case "ArrayExpression":
      return { kind: "other", node };
    default:
      return { kind: "unknown", node };
  }
}

/** How many arguments a function takes. */
export interface Arity {
  readonly min: number;
  readonly max: number;
}

export function arityOf({ params }: Pick<Function, "params">): Arity {
  const optional = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  const hasRest = params.at(-1)?.type === "RestElement";
  return {
    min: optional < 0 ? params.length : optional,
    max: hasRest ? Number.POSITIVE_INFINITY : params.length,
  };
}
