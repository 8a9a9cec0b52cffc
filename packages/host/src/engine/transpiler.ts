import { createHash } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { boundMemories } from "./bound-memories.ts";
import { Recent } from "../ground/recent.ts";
import { CodeCache } from "./code-cache.ts";
import type { MemoryImage } from "./memory-image.ts";
import type { SplitComponent } from "./split-component.ts";

/** Changes whenever the output for the same input changes. */
const FORMAT = "jco-transpile 0.15.0, format 14";

/** Functions of a component that suspend the guest. */
export interface WaitingFunctions {
  /** Imports that may wait, as `interface#function`, without version. */
  readonly asyncImports: readonly string[];
  readonly asyncExports: readonly string[];
}

export interface TranspileRequest extends WaitingFunctions {
  readonly wasm: Uint8Array;
}

export interface TranspileReply {
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  /** Which of the component's own modules a file is. */
  readonly numbers: Readonly<Record<string, number>>;
}

const GLUE = "component.mjs";
const NUMBERS = "modules.json";

/** Codes that are kept compiled: those of a few components, and of what they were before their interfaces changed. */
const MOST_COMPILED = 16;

/** A transpiled and compiled component. It can be posted to another thread; the modules are shared, not copied. */
export interface ComponentCode {
  /** Path of the ES module with the `instantiate` function. */
  readonly glue: string;
  readonly modules: ReadonlyMap<string, WebAssembly.Module>;
  /** What a module's memory begins with, where that is not in the module. */
  readonly images: ReadonlyMap<string, MemoryImage>;
}

interface CompiledCode extends Omit<ComponentCode, "images"> {
  readonly numbers: TranspileReply["numbers"];
}

/**
 * Transpiles components, each code once per cache directory, and compiles each once per process. Components that differ in
 * nothing but what is in their memories, as those of two programs for one engine do, have one code.
 */
export class Transpiler {
  readonly #cache: CodeCache;
  readonly #maxWorkerMemory: number;
  readonly #compiled = new Recent<string, Promise<CompiledCode>>(MOST_COMPILED);

  /** @param maxWorkerMemory bytes to which a memory of an instance may grow; what is cached does not depend on it */
  constructor(cacheDir: string, maxWorkerMemory: number) {
    this.#cache = new CodeCache(cacheDir);
    this.#maxWorkerMemory = maxWorkerMemory;
  }

  async load(component: SplitComponent, waiting: WaitingFunctions): Promise<ComponentCode> {
    const { images } = component;
    const { numbers, ...compiled } = await this.#code(component, waiting);
    const found = [...compiled.modules.keys()].flatMap((name) => {
      const image = images.get(numbers[name] ?? -1);
      return image === undefined ? [] : [[name, image] as const];
    });
    return { ...compiled, images: new Map(found) };
  }

  #code({ code, codeHash }: SplitComponent, waiting: WaitingFunctions): Promise<CompiledCode> {
    const key = cacheKey(codeHash, waiting);
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const loading = this.#load(key, { ...waiting, wasm: Buffer.concat(code) });
    this.#compiled.set(key, loading);
    loading.catch(() => this.#compiled.delete(key));
    return loading;
  }

  async #load(key: string, request: TranspileRequest): Promise<CompiledCode> {
    const files = (await this.#cache.read(key)) ?? (await this.#make(key, request));
    const compiled = [...files]
      .filter(([name]) => name.endsWith(".wasm"))
      .map(async ([name, content]): Promise<[string, WebAssembly.Module]> => [
        name,
        await WebAssembly.compile(boundMemories(content, this.#maxWorkerMemory)),
      ]);
    const numbers = JSON.parse(Buffer.from(files.get(NUMBERS) ?? []).toString()) as TranspileReply["numbers"];
    return {
      glue: join(this.#cache.folder(key), GLUE),
      modules: new Map(await Promise.all(compiled)),
      numbers,
    };
  }

  async #make(key: string, request: TranspileRequest): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
    const { files, numbers } = await transpileInThread(request);
    const named = Object.entries(files).map(
      ([name, content]) => [name === "component.js" ? GLUE : name, content] as const,
    );
    const entry = new Map([...named, [NUMBERS, new TextEncoder().encode(JSON.stringify(numbers))] as const]);
    await this.#cache.write(key, entry);
    return entry;
  }
}

function cacheKey(codeHash: string, { asyncImports, asyncExports }: WaitingFunctions): string {
  return createHash("sha256")
    .update(JSON.stringify([FORMAT, asyncImports, asyncExports, codeHash]))
    .digest("hex");
}

async function transpileInThread(request: TranspileRequest): Promise<TranspileReply> {
  const thread = new Worker(new URL("./transpile-thread.ts", import.meta.url), { workerData: request });
  try {
    return await new Promise<TranspileReply>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
      thread.once("exit", (code) =>
        reject(new Error(`The transpiler ended with code ${code} before it was done`)),
      );
    });
  } finally {
    await thread.terminate();
  }
}
