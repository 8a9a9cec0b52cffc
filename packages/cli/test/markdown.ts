/** A fenced block of code. */
export interface CodeBlock {
  /** What stands behind the fence: `ts`, `console`, … */
  readonly language: string;
  readonly code: string;
  /** The path in the comment of the first line, if it has one. */
  readonly path: string | undefined;
}

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  return Array.from(markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language = "", code = ""]) => ({
    language,
    code,
    path: /^(?:\/\/|#) (\S+\.\w+)\n/.exec(code)?.[1],
  }));
}

/** The targets of links that lead to files of the project. */
export function localLinks(markdown: string): readonly string[] {
  const links = Array.from(markdown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), ([, target = ""]) => target);
  return links.filter((target) => !/^https?:/.test(target));
}

/** The text from one heading to before another. */
export function section(markdown: string, from: string, to: string): string {
  const start = markdown.indexOf(from);
  const end = markdown.indexOf(to);
  if (start < 0 || end < start) throw new Error(`There is no text from "${from}" to "${to}"`);
  return markdown.slice(start, end);
}
