import { distance } from "fastest-levenshtein";

/**
 * The known name that a misspelt one most likely means, or `undefined` when none is near enough: at most one edit for
 * every three characters, and at least one. Equally near names are decided by their order.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let best = limit + 1;
  for (const candidate of known) {
    const edits = distance(name, candidate);
    if (edits < best) {
      best = edits;
      nearest = candidate;
    }
  }
  return nearest;
}
