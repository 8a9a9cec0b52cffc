import type { PublicOplogEntry } from "../ground/api/public-oplog.ts";

/** Below these are names of somebody else: of WIT, of a component's functions, of the environment. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  "value",
  "typ",
  "env",
  "attributes",
  "parameters",
  "workerId",
  "worker_id",
  "parent",
]);

/** An entry with names in camelCase, as Golem 1.2.5 writes them, whichever version wrote it. */
export function camelCaseEntry(entry: PublicOplogEntry): PublicOplogEntry {
  return renamed(entry, (name) =>
    name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ) as PublicOplogEntry;
}

/**
 * A part of the public oplog with each name in both spellings: in camelCase, as Golem 1.2.5 writes it, and in snake_case, as
 * 1.2.0 does. Clients of either version find what they know, and ignore the rest.
 */
export function inBothSpellings(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(inBothSpellings);
  if (typeof tree !== "object" || tree === null) return tree;
  const both: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(tree)) {
    const value: unknown = OF_OTHERS.has(name) ? given : inBothSpellings(given);
    both[name] = value;
    both[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  }
  return both;
}

function renamed(tree: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(tree)) return tree.map((item) => renamed(item, rename));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      rename(name),
      OF_OTHERS.has(name) ? value : renamed(value, rename),
    ]),
  );
}
