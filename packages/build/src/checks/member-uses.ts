import { readFile } from "node:fs/promises";
import type { Node } from "estree";
import { GeneratedCode, type SourcePlace } from "../bundle/generated-code.ts";
import { childrenOf } from "../bundle/syntax.ts";

/**
 * Where a built program reads members by name: `order.addLine`, whatever `order` is. What packages do is left out.
 *
 * @param path the program, as the build leaves it, with its source map beside it
 * @throws Error if it cannot be read
 */
export async function memberUses(
  path: string,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly SourcePlace[]>> {
  const [text, map] = await Promise.all([readFile(path, "utf8"), readFile(`${path}.map`, "utf8")]);
  const code = new GeneratedCode(text, map, path);
  const uses = new Map<string, SourcePlace[]>();
  const look = (node: Node): void => {
    if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier") {
      const { name } = node.property;
      const place = names.has(name) ? code.placeOf(node.property) : undefined;
      if (place !== undefined && !/(^|[\\/])(node_modules|packages[\\/]sdk)[\\/]/.test(place.file))
        uses.set(name, [...(uses.get(name) ?? []), place]);
    }
    for (const child of childrenOf(node)) look(child);
  };
  look(code.program);
  return uses;
}
