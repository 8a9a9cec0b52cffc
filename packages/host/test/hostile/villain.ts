import { readFile } from "node:fs/promises";

import { componentEmbed, componentNew, parse } from "@bytecodealliance/jco-transpile/wasm-tools";

/** A component written by hand: it does what no compiler would let a program do. */
export async function villainComponent(): Promise<Uint8Array> {
  const binary = await parse(await text("villain.wat"));
  const witSource = await text("villain.wit");
  return componentNew(await componentEmbed({ binary, witSource, world: "villain" }));
}

/** The name of one of its functions. */
export function villainous(name: string): string {
  return `hostile:villain/api.{${name}}`;
}

function text(file: string): Promise<string> {
  return readFile(new URL(`../fixtures/villain/${file}`, import.meta.url), "utf8");
}
