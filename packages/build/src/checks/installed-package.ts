import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";

/** A package that a file can import. */
export interface InstalledPackage {
  /** What can be imported of it, if it says so: `@golem-kit/sdk`, `@golem-kit/sdk/clock`. Without patterns. */
  readonly specifiers: readonly string[];
}

/** `@golem-kit/sdk/clock` → `@golem-kit/sdk` */
export function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The package that a specifier begins with; `undefined` if it is not installed where the importer would find it. */
export function installedPackage(specifier: string, importer: string): InstalledPackage | undefined {
  const name = packageName(specifier);
  try {
    const path = findPackageJSON(name, pathToFileURL(importer));
    if (path === undefined) return undefined;
    const { exports = {} } = JSON.parse(readFileSync(path, "utf8")) as { exports?: unknown };
    const keys = typeof exports === "object" && exports !== null ? Object.keys(exports) : [];
    const paths = keys.filter((key) => key.startsWith(".") && !key.includes("*"));
    return { specifiers: paths.map((key) => name + key.slice(1)) };
  } catch {
    return undefined;
  }
}
