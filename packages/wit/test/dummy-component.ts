import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";

/** The folder of the platform's packages. */
export const platformDirectory = fileURLToPath(new URL("../../../wit/deps", import.meta.url));

/** A component of a world, whose functions trap: what a WIT compiler makes of the world's types, and nothing else. */
export async function dummyComponent(witSource: string, world: string): Promise<Uint8Array> {
  return componentNew(await componentEmbed({ dummy: true, witSource, world }));
}

/** As {@link dummyComponent}, of a text that refers to the platform's packages. */
export async function dummyPlatformComponent(witSource: string, world: string): Promise<Uint8Array> {
  const directory = mkdtempSync(join(tmpdir(), "dummy-component-"));
  try {
    cpSync(platformDirectory, join(directory, "deps"), { recursive: true });
    writeFileSync(join(directory, "main.wit"), witSource);
    return await componentNew(await componentEmbed({ dummy: true, witPath: directory, world }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
