import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { onTestFinished } from "vitest";

import { checkArchitecture } from "../architecture/check-architecture.ts";
import { hostFloors, packages } from "../architecture/floors.ts";

/** What is said of a repository with these files, besides packages and floors in which nothing imports anything. */
export interface Verdict {
  /** Each refused import, as `rule: file → file`; of a circle all files, from the first in the alphabet. */
  readonly refused: readonly string[];
  /** All that is said, in one line. */
  readonly text: string;
}

export async function verdictOn(files: Readonly<Record<string, string>>): Promise<Verdict> {
  const root = mkdtempSync(join(tmpdir(), "golem-kit-architecture-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const { name, folder } of packages) {
    write(`${folder}/package.json`, manifest(`@golem-kit/${name}`));
    write(`${folder}/src/index.ts`, "");
    link(root, `@golem-kit/${name}`, folder);
  }
  for (const { folder } of hostFloors) write(`${folder}/thing.ts`, "");
  for (const name of ["cart", "orders"]) {
    write(`components/${name}/package.json`, manifest(`@shop/${name}`));
    write(`components/${name}/src/index.ts`, "");
    link(root, `@shop/${name}`, `components/${name}`);
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  const text = stripVTControlCharacters((await checkArchitecture(root)) ?? "");
  const refused = Array.from(
    text.matchAll(/^ {2}error ([\w-]+): (\S+) → *((?:\n {6}\S+(?: →)?)+|\S+)/gm),
    ([, rule = "", from = "", to = ""]) =>
      `${rule}: ${[from, ...to.split(/[\s→]+/)].filter((path) => path !== "").join(" → ")}`,
  );
  return { refused: refused.toSorted(), text: text.replaceAll(/\s+/g, " ") };
}

function manifest(name: string): string {
  return JSON.stringify({ name, version: "0.1.0", type: "module", exports: { ".": "./src/index.ts" } });
}

function link(root: string, name: string, folder: string): void {
  const path = join(root, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, folder), path, "junction");
}
