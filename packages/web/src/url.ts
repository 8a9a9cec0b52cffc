import { define } from "./define.ts";

/** Gives `URL` the two functions that the engine lacks. */
function installUrl(): void {
  const parse = (url: string | URL, base?: string | URL): URL | null => {
    try {
      return new URL(url, base);
    } catch {
      return null;
    }
  };
  define(URL, { parse, canParse: (url: string | URL, base?: string | URL) => parse(url, base) !== null });
}

installUrl();
