/** A copy of a tree without where it came from, to compare trees of different texts. */
export function withoutPositions(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === "at" || key === "file" ? undefined : value)),
  );
}
