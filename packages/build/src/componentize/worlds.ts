import { createHash } from "node:crypto";
import type { WitTexts } from "@golem-kit/wit";
import type { BuildCache } from "../cache/build-cache.ts";
import { withWitFolder } from "../wit/wit-texts.ts";
import type { CompileThreads } from "./compile-threads.ts";
import type { Initializer, SplicedEngine } from "./splice-engine.ts";
import type { EngineFeature } from "./world-input.ts";

/** What depends on a world alone, and serves all its programs. */
export interface WorldEngine {
  readonly engine: Promise<ReadyEngine>;
  /** A component without the engine's data. */
  readonly template: Promise<Uint8Array>;
}

export interface ReadyEngine {
  readonly module: WebAssembly.Module;
  readonly initializer: Initializer;
}

export interface WorldOfTexts {
  /** The WIT, in which the exports of other components have only their types. */
  readonly wit: WitTexts;
  /** `shop:cart/cart` */
  readonly world: string;
  readonly features: readonly EngineFeature[];
  /** What componentize-js looks at, beside the features, when it cuts off parts of WASI. */
  readonly wasiImports: readonly string[];
}

/** So many worlds stay in memory, about 40 MB each. */
const MOST_WORLDS = 8;

const ENGINE = "engine.wasm";
const INITIALIZER = "initializer.json";
const TEMPLATE = "template.wasm";
const STUBBED = "stubbed.wasm";

/** The engines of worlds, made once and kept. */
export class Worlds {
  readonly #threads: CompileThreads;
  readonly #cache: BuildCache;
  readonly #tools: string;
  readonly #known = new Map<string, WorldEngine>();
  /** Those that are being read or made. */
  readonly #stubbed = new Map<string, Promise<Uint8Array>>();
  readonly #writes = new Set<Promise<void>>();

  /** @param tools a hash of all that makes engines */
  constructor(threads: CompileThreads, cache: BuildCache, tools: string) {
    this.#threads = threads;
    this.#cache = cache;
    this.#tools = tools;
  }

  /** The engine of a world; what is not known of it is begun to be made, which takes 1.5 s: engine and template at once. */
  get(world: WorldOfTexts): WorldEngine {
    const texts = [...world.wit].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const key = this.#key(texts, world.world, world.features);
    const engine = this.#known.get(key) ?? this.#find(key, world);
    // The one that was asked for last is the last to be forgotten.
    this.#known.delete(key);
    this.#known.set(key, engine);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_WORLDS && oldest !== undefined) this.#known.delete(oldest);
    return engine;
  }

  /** Waits until all that was made is kept. */
  async settled(): Promise<void> {
    await Promise.all(this.#writes);
  }

  #find(key: string, world: WorldOfTexts): WorldEngine {
    const spliced = this.#spliced(`engine-${key}`, world);
    const engine = spliced.then(readyEngine);
    const template = this.#template(`template-${key}`, world);
    for (const part of [engine, template]) part.catch(() => this.#known.delete(key));
    return { engine, template };
  }

  async #spliced(key: string, world: WorldOfTexts): Promise<SplicedEngine> {
    const kept = await this.#cache.read(key);
    const [wasm, initializer] = [ENGINE, INITIALIZER].map((name) => kept?.get(name));
    if (wasm !== undefined && initializer !== undefined) {
      return { wasm, initializer: JSON.parse(Buffer.from(initializer).toString()) as Initializer };
    }
    const made = await withWitFolder(world.wit, (witPath) =>
      this.#threads.run("splice", { ...world, witPath }),
    );
    const text = Buffer.from(JSON.stringify(made.initializer));
    this.#keep(key, [
      [ENGINE, made.wasm],
      [INITIALIZER, text],
    ]);
    return made;
  }

  #template(key: string, world: WorldOfTexts): Promise<Uint8Array> {
    return this.#made(key, TEMPLATE, async () => {
      const stubbed = await this.#withoutWasi(world);
      return withWitFolder(world.wit, (witPath) =>
        this.#threads.run("makeTemplate", { stubbed, world: { ...world, witPath } }),
      );
    });
  }

  /** Changes of a world that import the same of WASI have it in common, and so have many components. */
  #withoutWasi(world: WorldOfTexts): Promise<Uint8Array> {
    const key = `stubbed-${this.#key(world.features, world.wasiImports.toSorted())}`;
    const begun = this.#stubbed.get(key);
    if (begun !== undefined) return begun;
    const stubbed = this.#made(key, STUBBED, () =>
      withWitFolder(world.wit, (witPath) => this.#threads.run("stubWasi", { ...world, witPath })),
    ).finally(() => this.#stubbed.delete(key));
    this.#stubbed.set(key, stubbed);
    return stubbed;
  }

  /** What is kept of a file of that key, or is made now. */
  async #made(key: string, file: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const kept = (await this.#cache.read(key))?.get(file);
    if (kept !== undefined) return kept;
    const made = await make();
    this.#keep(key, [[file, made]]);
    return made;
  }

  #key(...parts: readonly unknown[]): string {
    return createHash("sha256")
      .update(JSON.stringify([this.#tools, ...parts]))
      .digest("hex");
  }

  #keep(key: string, files: readonly (readonly [string, Uint8Array])[]): void {
    const write = this.#cache.write(key, new Map(files)).finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }
}

async function readyEngine({ wasm, initializer }: SplicedEngine): Promise<ReadyEngine> {
  return { module: await WebAssembly.compile(wasm as Uint8Array<ArrayBuffer>), initializer };
}
