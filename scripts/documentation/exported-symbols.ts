import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Comment, parseSync } from "oxc-parser";

/** Something that a package exports, where it is declared. */
export interface ExportedSymbol {
  readonly name: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Whether it is gone at run time. */
  readonly isType: boolean;
  /** The text of its TSDoc comment. */
  readonly doc: string | undefined;
  /** Its public methods, as `Bucket.get`. */
  readonly methods: readonly Method[];
}

export interface Method {
  readonly name: string;
  readonly line: number;
  readonly doc: string | undefined;
}

/** The parts of a syntax node that are looked at here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Whatever a module exports; re-exports of the same package are followed to the declaration. */
export function exportedSymbols(file: string): Map<string, ExportedSymbol> {
  const source = new SourceFile(file);
  const found = new Map<string, ExportedSymbol>();
  for (const statement of source.statements) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const { declaration, source: from } = statement as {
      declaration?: Node | null;
      source?: { value: string } | null;
    };
    if (declaration) {
      for (const name of declaredNames(declaration)) {
        if (!found.has(name)) found.set(name, source.symbol(name, statement, declaration));
      }
      continue;
    }
    const origin = from?.value;
    for (const specifier of statement["specifiers"] as readonly Node[]) {
      const [local, exported] = [nameOf(specifier["local"]), nameOf(specifier["exported"])];
      if (!origin?.startsWith(".")) {
        // What is declared in another package is described where it is handed on.
        found.set(exported, source.foreign(exported, statement, specifier));
        continue;
      }
      const target = exportedSymbols(join(dirname(file), origin)).get(local);
      if (target === undefined) throw new Error(`${file}: "${origin}" does not export ${local}`);
      found.set(exported, { ...target, isType: target.isType || isTypeOnly(statement, specifier) });
    }
  }
  return found;
}

class SourceFile {
  readonly statements: readonly Node[];
  readonly #file: string;
  readonly #text: string;
  readonly #comments: readonly Comment[];

  constructor(file: string) {
    this.#file = file;
    this.#text = readFileSync(file, "utf8");
    const { program, comments } = parseSync(file, this.#text);
    this.statements = program.body as unknown as readonly Node[];
    this.#comments = comments;
  }

  symbol(name: string, statement: Node, declaration: Node): ExportedSymbol {
    const methods = membersOf(declaration).flatMap((member) => {
      const method = methodName(member);
      return method === undefined ? [] : [{ ...this.#described(member), name: `${name}.${method}` }];
    });
    // Of overloads, the first is described.
    const first = new Map(methods.toReversed().map((method) => [method.name, method]));
    const isType = ["TSInterfaceDeclaration", "TSTypeAliasDeclaration"].includes(declaration.type);
    return { ...this.#described(statement), name, file: this.#file, isType, methods: [...first.values()] };
  }

  foreign(name: string, statement: Node, specifier: Node): ExportedSymbol {
    const isType = isTypeOnly(statement, specifier);
    return { ...this.#described(statement), name, file: this.#file, isType, methods: [] };
  }

  #described(node: Node): { readonly line: number; readonly doc: string | undefined } {
    const comment = this.#comments.findLast(
      ({ start, end, type }) =>
        type === "Block" &&
        end <= node.start &&
        this.#text[start + 2] === "*" &&
        this.#text.slice(end, node.start).trim() === "",
    );
    return { line: this.#text.slice(0, node.start).split("\n").length, doc: comment?.value };
  }
}

function isTypeOnly(statement: Node, specifier: Node): boolean {
  return statement["exportKind"] === "type" || specifier["exportKind"] === "type";
}

function declaredNames(declaration: Node): readonly string[] {
  if (declaration.type !== "VariableDeclaration") return [nameOf(declaration["id"])];
  return (declaration["declarations"] as readonly Node[]).map(({ id }) => nameOf(id));
}

function membersOf({ body }: Node): readonly Node[] {
  const members = (body as { readonly body?: unknown } | null | undefined)?.body;
  return Array.isArray(members) ? (members as readonly Node[]) : [];
}

/** The name of a member that can be called from outside; disposal says enough by its name. */
function methodName(member: Node): string | undefined {
  const { key, computed, accessibility, kind } = member as {
    key?: Node;
    computed?: boolean;
    accessibility?: string | null;
    kind?: string;
  };
  const isMethod = ["MethodDefinition", "TSMethodSignature"].includes(member.type) && kind !== "constructor";
  if (!isMethod || key?.type !== "Identifier" || computed === true || accessibility === "private")
    return undefined;
  return nameOf(key);
}

function nameOf(node: unknown): string {
  const { name } = node as { readonly name?: unknown };
  if (typeof name !== "string") throw new Error(`Expected a name, found ${JSON.stringify(node)}`);
  return name;
}
