import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { componentize } from "@bytecodealliance/componentize-js";
import { stopEngineClock } from "./engine-clock.ts";

export interface ComponentizeInput {
  /** The bundle. */
  readonly sourcePath: string;
  /** Folder of the WIT, in which the exports of other components have only their types. */
  readonly witPath: string;
  /** `shop:cart/cart` */
  readonly world: string;
}

/**
 * Compiles a bundle and the JavaScript engine into one component, pre-initialised. Takes 2 to 4 seconds, most of which block
 * the thread. Signed 64-bit integers are right, which plain componentize-js gets wrong, and the engine reads no clock for
 * itself.
 *
 * The bytes differ between two runs: the engine draws its hash seeds while it is initialised.
 */
export async function componentizeProgram({
  sourcePath,
  witPath,
  world,
}: ComponentizeInput): Promise<Uint8Array> {
  const work = await mkdtemp(join(tmpdir(), "golem-kit-wizer-"));
  try {
    const wizerBin = join(work, "wizer");
    const script = fileURLToPath(new URL("wizer.ts", import.meta.url));
    await writeFile(wizerBin, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 });
    const { component } = await componentize({
      sourcePath,
      witPath,
      worldName: world,
      wizerBin,
    });
    stopEngineClock(component);
    return component;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
