import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildComponents, loadApplication } from "@golem-kit/build";

const APPLICATION = fileURLToPath(new URL("../program", import.meta.url));

/** The component that does what it is told, built if it is stale. */
export async function programComponent(): Promise<Uint8Array> {
  const [built] = await buildComponents(await loadApplication(APPLICATION));
  if (built === undefined) throw new Error(`${APPLICATION} declares no component`);
  return readFile(built.wasmPath);
}
