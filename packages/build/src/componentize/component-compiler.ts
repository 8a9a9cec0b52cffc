import { CompileThreads } from "./compile-threads.ts";
import type { BuildCache } from "../cache/build-cache.ts";
import { dataSegments } from "./data-segments.ts";
import { fillTemplate } from "./fill-template.ts";
import type { InitialiseInput } from "./compile-tasks.ts";
import type { Program } from "./initialise.ts";
import { type TracedRead, tracedBindings, tracedReads } from "./trace-reads.ts";
import { type WorldEngine, type WorldOfTexts, Worlds } from "./worlds.ts";

/** What came of loading a program into an engine. */
export type Loaded =
  /** A component, as parts of its bytes. */
  | { readonly component: readonly Uint8Array[] }
  /** The program asked for what it gets only in a worker. */
  | { readonly asked: readonly string[]; readonly reads: readonly TracedRead[] }
  /** It cannot be loaded; what the engine printed says why. */
  | { readonly output: string };

/**
 * Makes components of programs: the JavaScript engine, initialised with the program. Whoever asks again for a world that is
 * known waits for the program alone, about 0.1 s. The same program and world give the same bytes, on every machine.
 */
export class ComponentCompiler implements AsyncDisposable {
  readonly #threads = new CompileThreads();
  readonly #worlds: Worlds;

  readonly #loadLimit: number;
  readonly #warmUps = new WeakMap<WorldEngine, Promise<unknown>>();
  /** Those of which a program is there. */
  readonly #wanted = new WeakSet<WorldEngine>();

  /**
   * @param tools a hash of all that makes engines
   * @param loadLimit how long a program may take to load, in milliseconds
   */
  constructor(cache: BuildCache, tools: string, loadLimit: number) {
    this.#loadLimit = loadLimit;
    this.#worlds = new Worlds(this.#threads, cache, tools);
  }

  /**
   * Begins to get what depends on a world alone, while there is no program yet. If there is time, the engine runs once without
   * one: the code that it needs is compiled by that, and the first program waits 0.15 s less.
   */
  prepare(world: WorldOfTexts): void {
    const known = this.#worlds.get(world);
    if (this.#warmUps.has(known)) return;
    this.#threads.start();
    const warmUp = known.engine.then(({ module, initializer }) => {
      if (this.#wanted.has(known)) return undefined;
      const program = { name: "empty.js", text: "export {};" };
      return this.#threads.run("initialise", { engine: module, initializer, program });
    });
    // Whoever compiles is told what is wrong with the engine.
    this.#warmUps.set(
      known,
      warmUp.catch(() => {}),
    );
  }

  /** @throws TaskTimeout if loading the program does not come to an end */
  async compile(world: WorldOfTexts, program: Program): Promise<Loaded> {
    const known = this.#worlds.get(world);
    this.#wanted.add(known);
    const { module, initializer } = await known.engine;
    await this.#warmUps.get(known);
    const input = { engine: module, initializer, program };
    const loaded = await this.#threads.run("initialise", input, this.#loadLimit);
    const { memory, output, asked } = loaded;
    if (asked.length > 0) return { asked, reads: await this.#trace(input) };
    return memory === undefined
      ? { output }
      : { component: fillTemplate(await known.template, dataSegments(memory)) };
  }

  /** Loads the program once more, with bindings that tell where it asks. */
  async #trace({ engine, initializer, program }: InitialiseInput): Promise<readonly TracedRead[]> {
    const bindings = tracedBindings(initializer.bindings, initializer.imports);
    const input = { engine, initializer: { ...initializer, bindings }, program };
    const { output } = await this.#threads.run("initialise", input, this.#loadLimit);
    return tracedReads(output);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worlds.settled();
    await this.#threads[Symbol.asyncDispose]();
  }
}
