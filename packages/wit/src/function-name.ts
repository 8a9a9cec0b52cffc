import parse from "semver/functions/parse.js";
import { splitArguments } from "./function-arguments.ts";
import { withoutSignature } from "./function-signature.ts";

/** Which exported function an invocation means: `shop:orders-exports/api.{invoice.amount}`. */
export interface FunctionName {
  /** `null` for a function that the world itself exports. */
  readonly interface: InterfaceName | null;
  readonly function: FunctionReference;
}

export interface InterfaceName {
  /** `null` for an interface written inline in the world. */
  readonly package: { readonly namespace: string; readonly name: string } | null;
  readonly name: string;
  readonly version: string | null;
}

/**
 * A function within its interface. With `arguments`, the resource is the one that was constructed from them, or is now:
 * raw texts such as `"INV-1"`, quotes included; `null` when the resource comes as the first parameter.
 */
export type FunctionReference =
  | { readonly kind: "function"; readonly name: string }
  | ResourceReference<"constructor">
  | ResourceReference<"drop">
  | (ResourceReference<"method"> & { readonly name: string })
  | (ResourceReference<"static"> & { readonly name: string });

interface ResourceReference<Kind> {
  readonly kind: Kind;
  readonly resource: string;
  readonly arguments: readonly string[] | null;
}

/** A text that names no function. */
export class FunctionNameError extends Error {
  override readonly name = "FunctionNameError";
  /** The whole text. */
  readonly text: string;

  constructor(text: string, problem: string) {
    super(`Invalid function name \`${text}\`: ${problem}`);
    this.text = text;
  }
}

const interfacePattern = /^(?:([A-Za-z][\w-]*):([A-Za-z][\w-]*)\/)?([A-Za-z][\w-]*)(?:@(.+))?$/;
const functionPattern = /^[A-Za-z][A-Za-z0-9-]*$/;
const prefixPattern = /^\[(\w+)\](.*)$/s;

/**
 * Reads `ns:pkg/interface@version.{function}`, `interface.{function}` or the plain name of a function of the world.
 * Functions of a resource are `res.new`, `res.drop`, `res.method`, `[static]res.method`, `[constructor]res`, `[drop]res`,
 * `[method]res.method`, and `res("argument").method` with the arguments that the resource is constructed from.
 * A signature behind it, as in `ns:pkg/interface.{function}(a: u32) -> string`, says nothing, as on Golem.
 *
 * @throws FunctionNameError
 */
export function parseFunctionName(text: string): FunctionName {
  const name = withoutSignature(text);
  const brace = name.indexOf(".{");
  if (brace < 0) {
    if (name === "") throw new FunctionNameError(text, "it is empty");
    return { interface: null, function: parseReference(name, text) };
  }
  if (!name.endsWith("}")) throw new FunctionNameError(text, "the closing `}` is missing");
  return {
    interface: parseInterface(name.slice(0, brace), text),
    function: parseReference(name.slice(brace + 2, -1), text),
  };
}

/** Writes a name as Golem does: `res.new` and `res.method` rather than the bracketed forms. */
export function printFunctionName({ interface: owner, function: reference }: FunctionName): string {
  const name = printReference(reference);
  if (owner === null) return name;
  const prefix = owner.package === null ? "" : `${owner.package.namespace}:${owner.package.name}/`;
  const version = owner.version === null ? "" : `@${owner.version}`;
  return `${prefix}${owner.name}${version}.{${name}}`;
}

/**
 * The canonical WIT names that a reference may stand for, in the order of preference: a method may be a static function.
 * `[drop]res` is Golem's own.
 */
export function canonicalNames(reference: FunctionReference): readonly [string, ...string[]] {
  switch (reference.kind) {
    case "function":
      return [reference.name];
    case "constructor":
    case "drop":
      return [`[${reference.kind}]${reference.resource}`];
    case "method":
      return [
        `[method]${reference.resource}.${reference.name}`,
        `[static]${reference.resource}.${reference.name}`,
      ];
    case "static":
      return [`[static]${reference.resource}.${reference.name}`];
  }
}

function parseInterface(part: string, text: string): InterfaceName {
  const [match, namespace, packageName, name, version = null] = interfacePattern.exec(part) ?? [];
  if (match === undefined || name === undefined) {
    throw new FunctionNameError(
      text,
      `\`${part}\` is no interface: write \`ns:pkg/interface\`, with \`@version\` if it has one`,
    );
  }
  if (version !== null && parse(version) === null) {
    throw new FunctionNameError(text, `\`${version}\` is no version: write it as \`1.2.3\``);
  }
  const owner =
    namespace === undefined || packageName === undefined ? null : { namespace, name: packageName };
  return { package: owner, name, version };
}

function parseReference(part: string, text: string): FunctionReference {
  const [, prefix, rest = ""] = prefixPattern.exec(part) ?? [];
  if (prefix !== undefined) return parsePrefixed(prefix, rest, text);
  const { name: resource, arguments: given, member } = splitMember(part, text);
  if (member === null && given === null) return { kind: "function", name: resource };
  if (member === null) {
    throw new FunctionNameError(text, `say what to call: \`.new\`, \`.drop\` or a method after \`${part}\``);
  }
  if (member === "new") return { kind: "constructor", resource, arguments: given };
  if (member === "drop") return { kind: "drop", resource, arguments: given };
  return { kind: "method", resource, name: member, arguments: given };
}

function parsePrefixed(prefix: string, rest: string, text: string): FunctionReference {
  const { name: resource, arguments: given, member } = splitMember(rest, text);
  switch (prefix) {
    case "constructor":
    case "drop":
      if (member !== null || given !== null) {
        throw new FunctionNameError(text, `only the name of a resource may follow \`[${prefix}]\``);
      }
      return { kind: prefix, resource, arguments: null };
    case "method":
      if (given !== null)
        throw new FunctionNameError(text, "`[method]` takes no arguments for the resource: leave it out");
      return { kind: "method", resource, name: requireMember(member, prefix, text), arguments: null };
    case "static":
      return { kind: "static", resource, name: requireMember(member, prefix, text), arguments: given };
    default:
      throw new FunctionNameError(
        text,
        `\`[${prefix}]\` is none of [constructor], [method], [static] and [drop]`,
      );
  }
}

function requireMember(member: string | null, prefix: string, text: string): string {
  if (member === null) throw new FunctionNameError(text, `\`resource.function\` must follow \`[${prefix}]\``);
  return member;
}

interface Member {
  readonly name: string;
  readonly arguments: readonly string[] | null;
  readonly member: string | null;
}

/** Splits `name`, `name.member`, `name(arguments)` and `name(arguments).member`. */
function splitMember(part: string, text: string): Member {
  const name = /^[^.(]*/.exec(part)?.[0] ?? "";
  requireName(name, text);
  let rest = part.slice(name.length);
  let given: readonly string[] | null = null;
  if (rest.startsWith("(")) {
    const split = splitArguments(rest);
    if (split === null) throw new FunctionNameError(text, `the arguments \`${rest}\` have no end`);
    if (split.arguments.includes(""))
      throw new FunctionNameError(text, "an argument is missing beside a comma");
    given = split.arguments;
    rest = split.rest;
  }
  if (rest === "") return { name, arguments: given, member: null };
  if (!rest.startsWith(".")) throw new FunctionNameError(text, `expected \`.\` before \`${rest}\``);
  const member = rest.slice(1);
  requireName(member, text);
  return { name, arguments: given, member };
}

function requireName(name: string, text: string): void {
  if (functionPattern.test(name)) return;
  const isInterface = /[:/]/.test(name) && !text.includes("{");
  const remedy = isInterface
    ? "a function of an interface stands in braces: `ns:pkg/interface.{function}`"
    : "a name is letters, digits and `-`";
  throw new FunctionNameError(
    text,
    `${name === "" ? "a name is missing" : `\`${name}\` is no function`}: ${remedy}`,
  );
}

function printReference(reference: FunctionReference): string {
  if (reference.kind === "function") return reference.name;
  const given = reference.arguments === null ? "" : `(${reference.arguments.join(", ")})`;
  const resource = reference.resource + given;
  switch (reference.kind) {
    case "constructor":
      return `${resource}.new`;
    case "drop":
      return `${resource}.drop`;
    case "static":
      return `[static]${resource}.${reference.name}`;
    case "method":
      // A method may have the name of what `.new` and `.drop` stand for.
      return `${reference.name === "new" || reference.name === "drop" ? "[method]" : ""}${resource}.${reference.name}`;
  }
}
