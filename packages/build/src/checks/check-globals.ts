import { type AttachedScope, attachScopes } from "@rollup/pluginutils";
import type { Identifier, Node } from "estree";
import { BuildError } from "../build-error.ts";
import type { GeneratedCode, SourcePlace } from "../bundle/generated-code.ts";
import { childrenOf } from "../bundle/syntax.ts";

/** What other platforms define and a component does not, with what is there instead. */
const ABSENT: ReadonlyMap<string, string> = new Map([
  ["process", "Environment variables and arguments are in @golem-kit/sdk/env, once a function is called."],
  [
    "Buffer",
    "Use Uint8Array with TextEncoder and TextDecoder, or import { Buffer } from the package `buffer`.",
  ],
  ["__dirname", 'A component has no files of its own. Import a text: with { type: "text" }.'],
  ["__filename", 'A component has no files of its own. Import a text: with { type: "text" }.'],
  ["setImmediate", "Use setTimeout(callback, 0), or queueMicrotask(callback)."],
  ["clearImmediate", "Use setTimeout and clearTimeout."],
  ["require", "Use import."],
  ["global", "Use globalThis."],
  ["window", "Use globalThis."],
  ["document", "A component shows no page."],
  ["localStorage", "Use @golem-kit/sdk/keyvalue, or a variable: a worker keeps its own."],
]);

/**
 * Checks that the program asks for nothing that no component has. A file that asks with `typeof` whether it is there may use it;
 * in a package it is a warning, for much of a package is never run.
 *
 * @param onWarning is told what packages use, once for each name and package
 * @throws BuildError `not-found` with the place and the remedy
 */
export function checkGlobals(code: GeneratedCode, onWarning: (message: string) => void): void {
  const found = new Uses(code);
  const warned = new Set<string>();
  for (const { node, problem, hint, name } of found.uses) {
    const place = code.placeOf(node);
    if (place === undefined || (name !== undefined && found.isAskedFor(name, place))) continue;
    const owner = packageOf(place);
    if (owner === undefined) throw new BuildError("not-found", problem, { ...place, hint });
    const key = `${problem} ${owner}`;
    if (!warned.has(key)) onWarning(`${place.file}:${place.line}:${place.column}: ${problem}. ${hint}`);
    warned.add(key);
  }
}

interface Use {
  readonly node: Node;
  readonly problem: string;
  readonly hint: string;
  /** Of a global that is absent. */
  readonly name?: string;
}

class Uses {
  readonly uses: Use[] = [];
  readonly #code: GeneratedCode;
  /** Names with the files that ask for them by `typeof`. */
  readonly #asked = new Set<string>();

  constructor(code: GeneratedCode) {
    this.#code = code;
    // It leaves the scope of a node at the node.
    this.#visit(code.program, attachScopes(code.program, "scope"), undefined);
  }

  isAskedFor(name: string, { file }: SourcePlace): boolean {
    return this.#asked.has(`${name} ${file}`);
  }

  #visit(node: Node, around: AttachedScope, parent: Node | undefined): void {
    const scope = (node as Node & { readonly scope?: AttachedScope }).scope ?? around;
    if (node.type === "Identifier") this.#identifier(node, scope, parent);
    if (node.type === "MetaProperty" && node.meta.name === "import") {
      this.uses.push({
        node,
        problem: "`import.meta` says where a module lies, and a component has no modules any more",
        hint: 'Import what lies beside the file: texts with { type: "text" }, JSON with { type: "json" }.',
      });
    }
    if (node.type === "ImportExpression") {
      this.uses.push({
        node,
        problem: "an import of a name that is known only when the program runs",
        hint: "All modules are bundled before. Import each by its name, and choose among them.",
      });
    }
    for (const child of childrenOf(node)) this.#visit(child, scope, node);
  }

  #identifier(node: Identifier, scope: AttachedScope, parent: Node | undefined): void {
    const { name } = node;
    const hint = ABSENT.get(name);
    if (hint === undefined || !isReference(node, parent) || scope.contains(name)) return;
    if (parent?.type === "UnaryExpression" && parent.operator === "typeof") {
      this.#asked.add(`${name} ${this.#code.placeOf(node)?.file}`);
      return;
    }
    this.uses.push({ node, name, problem: `\`${name}\` is not there in a component`, hint });
  }
}

/** False for names of members, and of what is declared or labelled. */
function isReference(node: Identifier, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.computed || parent.value === node;
    case "ExportSpecifier":
    case "ImportSpecifier":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return false;
    default:
      return true;
  }
}

function packageOf({ file }: SourcePlace): string | undefined {
  return /(?:^|[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1];
}
