import type { Class, Function, MethodDefinition, Node, Program } from "estree";
import { topLevelBindings } from "./exported-value.ts";

/**
 * Visits the code that runs while a module loads: statements at the top, what they call of the module's own functions and
 * classes, and callbacks of array methods. Functions that are only defined are not visited.
 *
 * @param visit gets each node that runs, and the names that stand for something local there
 */
export function visitModuleLevelCode(
  program: Program,
  visit: (node: Node, isGlobal: (name: string) => boolean) => void,
): void {
  new ModuleLevelCode(program, visit).run();
}

class ModuleLevelCode {
  readonly #program: Program;
  readonly #visit: (node: Node, isGlobal: (name: string) => boolean) => void;
  readonly #bindings: ReadonlyMap<string, Node>;
  readonly #entered = new Set<Node>();
  /** Names of the module itself. */
  #own: ReadonlySet<string> = new Set();

  constructor(program: Program, visit: (node: Node, isGlobal: (name: string) => boolean) => void) {
    this.#program = program;
    this.#visit = visit;
    this.#bindings = topLevelBindings(program);
  }

  run(): void {
    const imported = this.#program.body.flatMap((statement) =>
      statement.type === "ImportDeclaration" ? statement.specifiers.map(({ local }) => local.name) : [],
    );
    this.#own = new Set([...this.#bindings.keys(), ...imported]);
    for (const statement of this.#program.body) this.#walk(statement, new Set());
  }

  /** @param local names of the functions around it, which hide those of the module */
  #walk(node: Node, local: ReadonlySet<string>): void {
    if (isFunction(node)) return;
    if (node.type === "ClassDeclaration" || node.type === "ClassExpression")
      return this.#walkClass(node, local);
    this.#visit(node, (name) => !local.has(name) && !this.#own.has(name));
    if (node.type === "CallExpression") {
      this.#enter(node.callee, local);
      if (runsItsCallback(node.callee)) for (const argument of node.arguments) this.#enter(argument, local);
    } else if (node.type === "NewExpression") {
      this.#enter(node.callee, local);
      if (node.callee.type === "Identifier" && node.callee.name === "Promise") {
        for (const argument of node.arguments) this.#enter(argument, local);
      }
    }
    for (const child of children(node)) this.#walk(child, local);
  }

  /** A class definition runs its static parts and computed names. */
  #walkClass({ superClass, body }: Class, local: ReadonlySet<string>): void {
    if (superClass) this.#walk(superClass, local);
    for (const member of body.body) {
      if (member.type === "StaticBlock") for (const each of member.body) this.#walk(each, local);
      else {
        if (member.computed) this.#walk(member.key, local);
        if (member.type === "PropertyDefinition" && member.static && member.value)
          this.#walk(member.value, local);
      }
    }
  }

  /** Follows a call into the function or class, once. */
  #enter(callee: Node, local: ReadonlySet<string>): void {
    const target = callee.type === "Identifier" ? this.#bindingOf(callee.name, local) : callee;
    if (target === undefined || this.#entered.has(target)) return;
    if (isFunction(target)) {
      this.#entered.add(target);
      this.#walkBody(target, local);
    } else if (target.type === "ClassDeclaration" || target.type === "ClassExpression") {
      this.#entered.add(target);
      for (const member of target.body.body) {
        if (member.type === "PropertyDefinition" && !member.static && member.value)
          this.#walk(member.value, local);
        if (isConstructor(member)) this.#walkBody(member.value, local);
      }
    }
  }

  #bindingOf(name: string, local: ReadonlySet<string>): Node | undefined {
    return local.has(name) ? undefined : this.#bindings.get(name);
  }

  #walkBody(node: Function, local: ReadonlySet<string>): void {
    const inside = new Set([...local, ...node.params.flatMap(patternNames), ...declaredNames(node.body)]);
    for (const param of node.params) this.#walk(param, inside);
    if (isFunction(node.body)) return;
    this.#walk(node.body, inside);
  }
}

const callbackMethods = new Set([
  "every",
  "filter",
  "find",
  "flatMap",
  "forEach",
  "from",
  "map",
  "reduce",
  "some",
  "sort",
]);

function runsItsCallback(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    callbackMethods.has(callee.property.name)
  );
}

function isFunction(node: Node): node is Function {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

function isConstructor(member: Class["body"]["body"][number]): member is MethodDefinition {
  return member.type === "MethodDefinition" && member.kind === "constructor";
}

/** Names that a function's body declares, nested functions apart. */
function declaredNames(node: Node): readonly string[] {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => patternNames(id));
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return [node.id.name];
  return isFunction(node) ? [] : children(node).flatMap(declaredNames);
}

function patternNames(pattern: Node): readonly string[] {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "AssignmentPattern") return patternNames(pattern.left);
  if (pattern.type === "Property") return patternNames(pattern.value);
  return children(pattern).flatMap(patternNames);
}

function children(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
