import { CompileThreads } from "./compile-threads.ts";
import type { BuildCache } from "../cache/build-cache.ts";
import { fillTemplate } from "./fill-template.ts";
import type { Initialisation, Program } from "./initialise.ts";
import { type WorldOfTexts, Worlds } from "./worlds.ts";

/** How long a program may take to load, in milliseconds. */
const LOAD_LIMIT = 60_000;

/** What came of loading a program into an engine. */
export interface Loaded extends Initialisation {
  /** The component as parts of its bytes, if all went well. */
  readonly component?: readonly Uint8Array[];
}

/**
 * Makes components of programs: the JavaScript engine, initialised with the program. Whoever asks again for a world that is
 * known waits for the program alone, about 0.1 s. The same program and world give the same bytes, on every machine.
 */
export class ComponentCompiler implements AsyncDisposable {
  readonly #threads = new CompileThreads();
  readonly #worlds: Worlds;

  /** @param tools a hash of all that makes engines */
  constructor(cache: BuildCache, tools: string) {
    this.#worlds = new Worlds(this.#threads, cache, tools);
  }

  /** Begins to get what depends on a world alone, while there is no program yet. */
  prepare(world: WorldOfTexts): void {
    this.#worlds.get(world);
  }

  /** @throws TaskTimeout if loading the program does not come to an end */
  async compile(world: WorldOfTexts, program: Program): Promise<Loaded> {
    const { engine, template } = this.#worlds.get(world);
    const { module, initializer } = await engine;
    const input = { engine: module, initializer, program };
    const loaded = await this.#threads.run("initialise", input, LOAD_LIMIT);
    if (loaded.data === undefined) return loaded;
    return { ...loaded, component: fillTemplate(await template, loaded.data) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]();
  }
}
