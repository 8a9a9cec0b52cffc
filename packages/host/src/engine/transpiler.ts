import { createHash } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { boundMemories } from "./bound-memories.ts";
import { CodeCache } from "./code-cache.ts";

/** Changes whenever the output for the same input changes. */
const FORMAT = "jco-transpile 0.15.0, format 11";

export interface TranspileRequest {
  readonly wasm: Uint8Array;
  /** Imports that may wait, as `interface#function`, without version. */
  readonly asyncImports: readonly string[];
  readonly asyncExports: readonly string[];
}

export interface TranspileReply {
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

const GLUE = "component.mjs";

/** A transpiled and compiled component. It can be posted to another thread; the modules are shared, not copied. */
export interface ComponentCode {
  /** Path of the ES module with the `instantiate` function. */
  readonly glue: string;
  readonly modules: ReadonlyMap<string, WebAssembly.Module>;
}

/** Transpiles components, each content once per cache directory, and compiles each once per process. */
export class Transpiler {
  readonly #cache: CodeCache;
  readonly #maxWorkerMemory: number;
  readonly #loading = new Map<string, Promise<ComponentCode>>();

  /** @param maxWorkerMemory bytes to which a memory of an instance may grow; what is cached does not depend on it */
  constructor(cacheDir: string, maxWorkerMemory: number) {
    this.#cache = new CodeCache(cacheDir);
    this.#maxWorkerMemory = maxWorkerMemory;
  }

  load(request: TranspileRequest): Promise<ComponentCode> {
    const key = cacheKey(request);
    const known = this.#loading.get(key);
    if (known !== undefined) return known;
    const loading = this.#load(key, request);
    this.#loading.set(key, loading);
    loading.catch(() => this.#loading.delete(key));
    return loading;
  }

  async #load(key: string, request: TranspileRequest): Promise<ComponentCode> {
    const files = (await this.#cache.read(key)) ?? (await this.#make(key, request));
    const compiled = [...files]
      .filter(([name]) => name.endsWith(".wasm"))
      .map(async ([name, content]): Promise<[string, WebAssembly.Module]> => [
        name,
        await WebAssembly.compile(boundMemories(content, this.#maxWorkerMemory)),
      ]);
    return { glue: join(this.#cache.folder(key), GLUE), modules: new Map(await Promise.all(compiled)) };
  }

  async #make(key: string, request: TranspileRequest): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
    const { files } = await transpileInThread(request);
    const named = Object.entries(files).map(
      ([name, content]) => [name === "component.js" ? GLUE : name, content] as const,
    );
    const entry = new Map(named);
    await this.#cache.write(key, entry);
    return entry;
  }
}

function cacheKey(request: TranspileRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([FORMAT, request.asyncImports, request.asyncExports]))
    .update(request.wasm)
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
