import { type Floor, importable } from "./floors.ts";

/** The table of docs/architecture.md that describes floors, in Markdown. @param kind its first column */
export function floorTable(kind: "package" | "floor", floors: readonly Floor[]): string {
  const rows = floors.map((floor) => [code(floor.name), floor.knows, floor.never, imports(floors, floor)]);
  return [[kind, "knows", "never", "imports"], ["---", "---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** In as few names as it takes. */
function imports(floors: readonly Floor[], floor: Floor): string {
  const { without = [] } = floor;
  const names = importable(floors, floor).map(({ name }) => name);
  if (names.length === 0) return "nothing";
  if (names.length <= without.length) return names.map(code).join(", ");
  return without.length === 0 ? "all before it" : `all before it but ${without.map(code).join(", ")}`;
}

function code(name: string): string {
  return `\`${name}\``;
}
