import { fileURLToPath } from "node:url";
import type { Plugin } from "rollup";

/** A part of the web's API that the engine lacks or has wrong, and that is bundled only where a program uses it. */
export interface WebPart {
  /** The file that puts it there. */
  readonly url: string;
  /** Whether a bundle says what a program that uses it says; found by mistake, it costs size only. */
  readonly isUsed: (code: string) => boolean;
}

const WEB_PARTS: readonly WebPart[] = [
  // The engine's own digests are right.
  part(
    import.meta.resolve("@golem-kit/web/crypto"),
    /\bsubtle\b(?!\.digest\b)|\bCryptoKey\b|\bSubtleCrypto\b/,
  ),
  part(import.meta.resolve("@golem-kit/web/locale"), /\btoLocale\w+\b|\blocaleCompare\b/),
  part(import.meta.resolve("@golem-kit/web/messages"), /\bMessageChannel\b/),
  part(import.meta.resolve("@golem-kit/web/navigator"), /\bnavigator\b/),
  part(import.meta.resolve("@golem-kit/web/normalize"), /\.normalize\(\s*(?:\)|form\b|["'`]NF)/),
  part(import.meta.resolve("@golem-kit/web/report-error"), /\breportError\b/),
  part(
    import.meta.resolve("@golem-kit/web/streams"),
    /\bText(?:De|En)coderStream\b|\bReadableStream\.from\b|\.pipeT(?:o|hrough)\([^;]*\bsignal\b/,
  ),
  part(import.meta.resolve("@golem-kit/web/temporal"), /\bTemporal\b/),
  part(import.meta.resolve("@golem-kit/web/url"), /\bURL\.(?:canParse|parse)\b/),
  part(import.meta.resolve("@golem-kit/web/url-pattern"), /\bURLPattern\b/),
  { url: import.meta.resolve("@golem-kit/web/response"), isUsed: clonesResponses },
  { url: import.meta.resolve("@golem-kit/web/fetch"), isUsed: fetchesGlobally },
];

const ENTRY = "\0golem-kit:program-with-web-parts";

/** The parts that a bundle uses. */
export function webPartsOf(code: string): readonly WebPart[] {
  return WEB_PARTS.filter(({ isUsed }) => isUsed(code));
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

function part(url: string, words: RegExp): WebPart {
  return { url, isUsed: (code) => words.test(code) };
}

function clonesResponses(code: string): boolean {
  return (
    /\bResponse\.error\b/.test(code) || (/\.clone\(/.test(code) && /\bfetch\(|\bnew Response\(/.test(code))
  );
}

/** A `fetch` that the program declares, or imports of the SDK, is another. */
function fetchesGlobally(code: string): boolean {
  if (/\b(?:globalThis|self)\.fetch\b/.test(code)) return true;
  return /(?<![\w$.])fetch\(/.test(code) && !/\bfunction fetch\(/.test(code);
}
