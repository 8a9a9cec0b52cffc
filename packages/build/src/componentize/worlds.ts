import { createHash } from "node:crypto";
import type { WitTexts } from "@golem-kit/wit";
import type { BuildCache, CacheFiles } from "../cache/build-cache.ts";
import { withWitFolder } from "../wit/wit-texts.ts";
import type { CompileThreads } from "./compile-threads.ts";
import type { Initializer } from "./splice-engine.ts";
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
}

/** So many worlds stay in memory, about 40 MB each. */
const MOST_WORLDS = 8;

const ENGINE = "engine.wasm";
const INITIALIZER = "initializer.json";
const TEMPLATE = "template.wasm";

/** The engines of worlds, made once and kept. */
export class Worlds {
  readonly #threads: CompileThreads;
  readonly #cache: BuildCache;
  readonly #tools: string;
  readonly #known = new Map<string, WorldEngine>();

  /** @param tools a hash of all that makes engines */
  constructor(threads: CompileThreads, cache: BuildCache, tools: string) {
    this.#threads = threads;
    this.#cache = cache;
    this.#tools = tools;
  }

  /** The engine of a world; what is not known of it is begun to be made: that takes 1.5 s until the engine is there, then 1 s. */
  get(input: WorldOfTexts): WorldEngine {
    const { wit, world, features } = input;
    const sorted = [...wit].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const key = `world-${createHash("sha256")
      .update(JSON.stringify([this.#tools, sorted, world, features]))
      .digest("hex")}`;
    const known = this.#known.get(key);
    this.#known.delete(key);
    const engine = known ?? this.#find(key, input);
    this.#known.set(key, engine);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_WORLDS && oldest !== undefined) this.#known.delete(oldest);
    return engine;
  }

  #find(key: string, input: WorldOfTexts): WorldEngine {
    const engine = Promise.withResolvers<ReadyEngine>();
    const template = Promise.withResolvers<Uint8Array>();
    const make = async (): Promise<void> => {
      const kept = partsOf(await this.#cache.read(key));
      if (kept !== undefined) {
        template.resolve(kept.template);
        engine.resolve(await readyEngine(kept.engine, kept.initializer));
      } else {
        await this.#make(key, input, engine.resolve, template.resolve);
      }
    };
    void make().catch((error: unknown) => {
      this.#known.delete(key);
      engine.reject(error);
      template.reject(error);
    });
    // Who waits for one of them need not wait for the other.
    engine.promise.catch(() => {});
    template.promise.catch(() => {});
    return { engine: engine.promise, template: template.promise };
  }

  async #make(
    key: string,
    { wit, world, features }: WorldOfTexts,
    onEngine: (engine: Promise<ReadyEngine>) => void,
    onTemplate: (template: Uint8Array) => void,
  ): Promise<void> {
    await withWitFolder(wit, async (witPath) => {
      const input = { witPath, world, features };
      const { wasm, initializer } = await this.#threads.run("splice", input);
      onEngine(readyEngine(wasm, initializer));
      const template = await this.#threads.run("makeTemplate", { spliced: wasm, world: input });
      onTemplate(template);
      await this.#cache.write(
        key,
        new Map([
          [ENGINE, wasm],
          [INITIALIZER, Buffer.from(JSON.stringify(initializer))],
          [TEMPLATE, template],
        ]),
      );
    });
  }
}

async function readyEngine(wasm: Uint8Array, initializer: Initializer): Promise<ReadyEngine> {
  return { module: await WebAssembly.compile(wasm as Uint8Array<ArrayBuffer>), initializer };
}

/** What an entry of the cache holds, if it is whole. */
function partsOf(files: CacheFiles | undefined):
  | {
      readonly engine: Uint8Array;
      readonly initializer: Initializer;
      readonly template: Uint8Array;
    }
  | undefined {
  const [engine, initializer, template] = [ENGINE, INITIALIZER, TEMPLATE].map((name) => files?.get(name));
  if (engine === undefined || initializer === undefined || template === undefined) return undefined;
  return { engine, template, initializer: JSON.parse(Buffer.from(initializer).toString()) as Initializer };
}
