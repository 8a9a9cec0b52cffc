import { fileURLToPath } from "node:url";
import type { Plugin } from "rollup";

/** A part of the web's API that the engine lacks or has wrong, and that is bundled only where a program uses it. */
export interface WebPart {
  /** The file that puts it there. */
  readonly url: string;
  /** What a program that uses it says; found by mistake, it costs size only. */
  readonly uses: RegExp;
}

const WEB_PARTS: readonly WebPart[] = [
  // The engine's own digests are right.
  {
    url: import.meta.resolve("@golem-kit/web/crypto"),
    uses: /\bsubtle\b(?!\.digest\b)|\bCryptoKey\b|\bSubtleCrypto\b/,
  },
];

const ENTRY = "\0golem-kit:program-with-web-parts";

/** The parts that a bundle uses. */
export function webPartsOf(code: string): readonly WebPart[] {
  return WEB_PARTS.filter(({ uses }) => uses.test(code));
}

/** What is bundled is the entry, with parts that are loaded before it. */
export function withWebParts(
  entry: string,
  parts: readonly WebPart[],
): { readonly input: string; readonly plugins: readonly Plugin[] } {
  if (parts.length === 0) return { input: entry, plugins: [] };
  const lines = parts.map(({ url }) => `import ${JSON.stringify(fileURLToPath(url))};`);
  const plugin: Plugin = {
    name: "web-parts",
    resolveId: (specifier) => (specifier === ENTRY ? ENTRY : null),
    load: (id) => (id === ENTRY ? [...lines, `export * from ${JSON.stringify(entry)};`].join("\n") : null),
  };
  return { input: ENTRY, plugins: [plugin] };
}
