import { parseWit } from "@golem-kit/wit";

/** Whether two WIT texts declare the same, whatever their layout, their comments and the order of declarations. */
export function declaresTheSame(a: string, b: string): boolean {
  try {
    return canonical(parseWit(a)) === canonical(parseWit(b));
  } catch {
    return false;
  }
}

/** JSON of a syntax tree without places and comments, its declarations sorted. */
function canonical(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map(canonical).join()}]`;
  if (typeof node !== "object" || node === null) return JSON.stringify(node);
  const isTuple = "kind" in node && node.kind === "tuple";
  const entries = Object.entries(node).filter(([key]) => !notDeclared.has(key));
  const parts = entries.map(([key, value]) => {
    const isSet = key === "items" && !isTuple && Array.isArray(value);
    return `${key}:${isSet ? value.map(canonical).toSorted().join() : canonical(value)}`;
  });
  return `{${parts.toSorted().join()}}`;
}

const notDeclared = new Set(["at", "comments", "docs", "file"]);
