import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { EngineFeature, WorldInput } from "./world-input.ts";

/** A function between the engine and the world, by the types of WebAssembly that cross. */
interface CoreFunction {
  readonly params: readonly string[];
  readonly ret?: string;
  readonly retptr: boolean;
  readonly retsize: number;
  readonly paramptr: boolean;
}

export interface Splicing {
  readonly wasm: Uint8Array;
  readonly jsBindings: string;
  readonly exports: readonly (readonly [name: string, of: CoreFunction])[];
  readonly imports: readonly (readonly [specifier: string, name: string, arguments: number])[];
}

interface SplicerModule {
  readonly splicer: {
    spliceBindings(
      engine: Uint8Array,
      features: readonly EngineFeature[],
      witText: undefined,
      witPath: string,
      world: string,
      debug: boolean,
    ): Splicing;
    stubWasi(
      engine: Uint8Array,
      features: readonly EngineFeature[],
      witText: undefined,
      witPath: string,
      world: string,
    ): Uint8Array;
  };
}

/**
 * The two steps of componentize-js that depend on the world alone. Its `componentize` does them anew for each program, which
 * takes most of its time; the package has no other way to them than its file, so its version is pinned to the digit.
 */
export class Splicer {
  readonly #module: SplicerModule["splicer"];
  readonly #engine: Uint8Array;

  private constructor(module: SplicerModule["splicer"], engine: Uint8Array) {
    this.#module = module;
    this.#engine = engine;
  }

  /** Takes about 0.1 s. */
  static async load(): Promise<Splicer> {
    const [{ splicer }, engine] = await Promise.all([
      import(libraryFile("spidermonkey-embedding-splicer.js").href) as Promise<SplicerModule>,
      readFile(libraryFile("starlingmonkey_embedding.wasm")),
    ]);
    return new Splicer(splicer, engine);
  }

  /** Puts the functions of a world into the engine as it comes, or as {@link stubWasi} leaves it. Takes 0.8 to 1.3 s. */
  splice({ witPath, world, features }: WorldInput, engine: Uint8Array = this.#engine): Splicing {
    return this.#module.spliceBindings(engine, features, undefined, guestPath(witPath), world, false);
  }

  /**
   * The engine without the parts of WASI that a world does not import: it cannot be initialised any more. componentize-js cuts
   * them off after the splicing; before it gives the same bytes, and depends on little of the world. Takes 0.8 s.
   */
  stubWasi({ witPath, world, features }: WorldInput, engine: Uint8Array = this.#engine): Uint8Array {
    return this.#module.stubWasi(engine, features, undefined, guestPath(witPath), world);
  }
}

function libraryFile(name: string): URL {
  return new URL(`../lib/${name}`, import.meta.resolve("@bytecodealliance/componentize-js"));
}

/** A path as the splicer's file system knows it: with a drive, Windows wants a prefix. */
function guestPath(path: string): string {
  const absolute = resolve(path);
  return process.platform === "win32" ? `//?/${absolute.replaceAll("\\", "/")}` : absolute;
}
