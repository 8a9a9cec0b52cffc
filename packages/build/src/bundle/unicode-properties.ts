import type { Node, SimpleLiteral } from "estree";
import { MagicString } from "magic-string";
import rewritePattern from "regexpu-core";
import type { Plugin } from "rollup";
import { childrenOf } from "./syntax.ts";

const PROPERTY = /\\[pP]\{/;

/**
 * Writes out `\p{…}` in regular expressions, literals and `new RegExp` of a text alike: the engine knows no property of Unicode.
 * One that a program puts together as it runs is a SyntaxError there.
 */
export const writeOutUnicodeProperties: Plugin = {
  name: "unicode-properties",
  transform(code) {
    // In a text the backslash is written twice.
    if (!PROPERTY.test(code)) return null;
    const text = new MagicString(code);
    const look = (node: Node): void => {
      const written = writtenOut(node);
      const { start, end } = node as { readonly start?: number; readonly end?: number };
      if (written !== undefined && start !== undefined && end !== undefined)
        text.overwrite(start, end, written);
      else for (const child of childrenOf(node)) look(child);
    };
    look(this.parse(code));
    if (!text.hasChanged()) return null;
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
};

/** JavaScript for a regular expression that names a property of Unicode. */
function writtenOut(node: Node): string | undefined {
  if (node.type === "Literal" && "regex" in node) {
    const { pattern, flags } = node.regex;
    const found = rewritten(pattern, flags);
    return found && `/${found.pattern}/${found.flags}`;
  }
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return undefined;
  if (node.callee.type !== "Identifier" || node.callee.name !== "RegExp") return undefined;
  const [pattern, flags = "", ...others] = node.arguments.map(textOf);
  if (pattern === undefined || others.length > 0) return undefined;
  const found = rewritten(pattern, flags);
  return found && `new RegExp(${JSON.stringify(found.pattern)}, ${JSON.stringify(found.flags)})`;
}

function textOf(node: Node): string | undefined {
  const { value } = node as Partial<SimpleLiteral>;
  return node.type === "Literal" && typeof value === "string" ? value : undefined;
}

function rewritten(
  pattern: string,
  flags: string,
): { readonly pattern: string; readonly flags: string } | undefined {
  // Without either flag it names nothing: `\p` is a `p`.
  if (!PROPERTY.test(pattern) || !/[uv]/.test(flags)) return undefined;
  const sets = flags.includes("v");
  return {
    pattern: rewritePattern(pattern, flags, {
      unicodePropertyEscapes: "transform",
      ...(sets && { unicodeSetsFlag: "transform" }),
    }),
    flags: flags.replace("v", "u"),
  };
}
