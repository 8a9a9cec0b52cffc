import type { WitTexts } from "@golem-kit/wit";

/**
 * WIT whose comments can stand in TypeScript. The type generator copies them into comments of TypeScript as they are, which a
 * star before a slash would end.
 */
export function commentsForTypes(texts: WitTexts): WitTexts {
  const escape = (comment: string): string => comment.replaceAll("*/", "*\\/");
  return new Map(Array.from(texts, ([path, text]) => [path, text.replaceAll(/^[ \t]*\/\/.*$/gm, escape)]));
}
