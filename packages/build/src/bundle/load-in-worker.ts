import type { ExportNamedDeclaration, Node } from "estree";
import { BuildError } from "../build-error.ts";
import type { GeneratedCode } from "./generated-code.ts";
import { childrenOf, isFunction } from "./syntax.ts";

/**
 * A bundle that runs the program's code at module level when a function of it is first called, in the worker, and not while
 * the component is built. Lines and columns of the program stay where they are.
 *
 * @param prelude how many statements at the beginning are the build's own, which run in the build all the same
 * @throws BuildError `syntax` for an `await` at module level: a function that is called cannot wait for it
 */
export function loadInWorker(code: GeneratedCode, prelude: number): string {
  const { body } = code.program;
  const waiting = body.map(topLevelAwait).find((found) => found !== undefined);
  if (waiting !== undefined) {
    throw new BuildError(
      "syntax",
      "a program that each worker loads for itself cannot `await` at module level",
      {
        ...code.placeOf(waiting),
        hint: "Wait for it in the function that needs it.",
      },
    );
  }
  const imports = body.filter(({ type }) => type === "ImportDeclaration");
  const begin = Math.max(0, ...[...body.slice(0, prelude), ...imports].map((node) => rangeOf(node).end));
  const exported = body.filter((node) => node.type === "ExportNamedDeclaration");
  const own = exported.filter(({ source }) => source === null || source === undefined);
  const names = own.flatMap(exportedNames);
  const rest = [...own].reduceRight((text, node) => blank(text, node), code.text);
  const returned = names.map(([local, name]) => `${JSON.stringify(name)}: ${local}`).join(", ");
  const outside = names.map(([, name], index) => {
    const value = `$deferred[${JSON.stringify(name)}]`;
    return `const $export${index} = ${value};\nexport { $export${index} as ${JSON.stringify(name)} };`;
  });
  const list = JSON.stringify(names.map(([, name]) => name));
  return [
    `${rest.slice(0, begin)} const $program = () => {${rest.slice(begin)}`,
    `return { ${returned} };`,
    "};",
    `const $deferred = (${deferProgram.toString()})($program, ${list});`,
    ...outside,
    "",
  ].join("\n");
}

/**
 * The interfaces that a program exports, before it is loaded: the first call of any of their functions loads it.
 *
 * Runs inside the component, while it is built: it is put there as text, and may use nothing but its parameters.
 */
function deferProgram(
  load: () => Readonly<Record<string, object>>,
  names: readonly string[],
): Record<string, object> {
  let program: Readonly<Record<string, object>> | undefined;
  const memberOf = (name: string, member: PropertyKey): object =>
    Reflect.get((program ??= load())[name] as object, member) as object;

  /** Stands for a function or a class. */
  const callable = (find: () => object): object =>
    new Proxy(function () {}, {
      apply: (_, self, args) => Reflect.apply(find() as () => unknown, self, args) as unknown,
      construct: (_, args, target) => Reflect.construct(find() as () => unknown, args, target) as object,
      get: (_, name) => Reflect.get(find(), name) as unknown,
    });
  const interfaceOf = (name: string): object => {
    const get = (_: object, member: PropertyKey): object => callable(() => memberOf(name, member));
    return new Proxy({}, { get });
  };
  return Object.fromEntries(names.map((name) => [name, interfaceOf(name)]));
}

/** Local and exported names. */
function exportedNames({ specifiers }: ExportNamedDeclaration): (readonly [string, string])[] {
  return specifiers.map(({ local, exported }) => [nameOf(local), nameOf(exported)] as const);
}

function nameOf(node: ExportNamedDeclaration["specifiers"][number]["local"]): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

/** Takes a statement out, and leaves all lines where they are. */
function blank(text: string, node: Node): string {
  const { start, end } = rangeOf(node);
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, " ") + text.slice(end);
}

function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  return node as Node & { readonly start: number; readonly end: number };
}

function topLevelAwait(node: Node): Node | undefined {
  if (isFunction(node)) return undefined;
  if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) return node;
  return childrenOf(node)
    .map(topLevelAwait)
    .find((found) => found !== undefined);
}
