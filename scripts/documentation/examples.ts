import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";

/** A code example in a TSDoc comment. */
export interface Example {
  readonly file: string;
  /** Of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
}

const FENCE = /^ *\* *```ts\n(?<code>(?: *\*.*\n)*?) *\* *```$/gm;

/** The examples of a file, those of what it does not export included. */
export function examplesOf(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return parseSync(file, text).comments.flatMap(({ value, start }) => {
    if (!hasExample(value)) return [];
    const examples = value.slice(value.indexOf("@example"));
    const offset = start + 2 + value.indexOf("@example");
    return Array.from(examples.matchAll(FENCE), ({ groups, index }) => ({
      file,
      line: text.slice(0, offset + index).split("\n").length + 1,
      code: (groups?.["code"] ?? "").replaceAll(/^ *\* ?/gm, ""),
    }));
  });
}

/** Whether a comment has an example of code. */
export function hasExample(doc: string): boolean {
  return /@example\b[\s\S]*```ts\n/.test(doc);
}

/** Names that code uses without declaring them, so that something has to import them. */
export function freeNames(code: string): ReadonlySet<string> {
  const { program } = parseSync("example.ts", code);
  const used = new Set<string>();
  const declared = new Set<string>();
  visit({ ...program }, (node) => {
    if (node.type === "Identifier") used.add(String(node["name"]));
    for (const pattern of [node["id"], node["local"], ...parametersOf(node)]) {
      if (isNode(pattern)) visitPattern(pattern, (name) => declared.add(name));
    }
  });
  return new Set([...used].filter((name) => !declared.has(name)));
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function parametersOf(node: Node): readonly unknown[] {
  return [node["params"], node["param"]].flat();
}

function visitPattern(pattern: Node, declare: (name: string) => void): void {
  if (pattern.type === "Identifier") return declare(String(pattern["name"]));
  if (pattern.type === "AssignmentPattern") return visitPattern(pattern["left"] as Node, declare);
  const parts = [pattern["properties"], pattern["elements"], pattern["argument"]].flat();
  for (const part of parts)
    if (isNode(part)) visitPattern(part.type === "Property" ? (part["value"] as Node) : part, declare);
}

/** Names after a dot and keys of objects stand for nothing outside. */
function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === "property" || key === "key") && node["computed"] !== true;
    if (isName && node["shorthand"] !== true) continue;
    for (const child of [value].flat()) if (isNode(child)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}
