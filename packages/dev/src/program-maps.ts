import { readFile } from "node:fs/promises";
import { mapStack } from "@golem-kit/build";

interface ProgramMap {
  /** JSON. */
  readonly map: string;
  readonly path: string;
}

/** Versions of a component whose source maps are kept. */
const KEPT = 8;

/** The source maps of the versions that were deployed lately: workers may stay on one whose sources are no longer there. */
export class ProgramMaps {
  readonly #maps = new Map<string, Map<number, ProgramMap>>();

  /** @param path where the build has left the map; nothing is kept if there is none */
  async keep(component: string, version: number, path: string): Promise<void> {
    const map = await readFile(path, "utf8").catch(() => undefined);
    if (map === undefined) return;
    const versions = this.#maps.get(component) ?? new Map<number, ProgramMap>();
    this.#maps.set(component, versions);
    versions.delete(version);
    versions.set(version, { map, path });
    const [oldest] = versions.keys();
    if (versions.size > KEPT && oldest !== undefined) versions.delete(oldest);
  }

  /** Makes places in a component's program those in the files that a person wrote, as far as its version is known. */
  locate(text: string, component: string, version: number): string {
    const known = this.#maps.get(component)?.get(version);
    return known === undefined ? text : mapStack(text, known.map, known.path);
  }
}

/** Whether a text may have places in a program. */
export function hasPlaces(text: string): boolean {
  return /\.js:\d+:\d+/.test(text);
}
