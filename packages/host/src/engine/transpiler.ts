import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { fileError } from "../storage/storage-error.ts";
import { boundMemories } from "./bound-memories.ts";

/** Changes whenever the output for the same input changes. */
const FORMAT = "jco-transpile 0.15.0, format 7";

export interface TranspileRequest {
  readonly wasm: Uint8Array;
  /** Imports that may wait, as `interface#function`, without version. */
  readonly asyncImports: readonly string[];
  readonly asyncExports: readonly string[];
}

export interface TranspileReply {
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** A transpiled and compiled component. It can be posted to another thread; the modules are shared, not copied. */
export interface ComponentCode {
  /** Path of the ES module with the `instantiate` function. */
  readonly glue: string;
  readonly modules: ReadonlyMap<string, WebAssembly.Module>;
}

/**
 * Transpiles components, each content once per cache directory, and compiles each once per process.
 * Two processes may share a cache directory: an entry appears whole or not at all.
 */
export class Transpiler {
  readonly #cacheDir: string;
  readonly #maxWorkerMemory: number;
  readonly #loading = new Map<string, Promise<ComponentCode>>();

  /** @param maxWorkerMemory bytes to which a memory of an instance may grow; what is cached does not depend on it */
  constructor(cacheDir: string, maxWorkerMemory: number) {
    this.#cacheDir = cacheDir;
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
    const folder = join(this.#cacheDir, key);
    if (!existsSync(folder)) await this.#store(folder, await transpileInThread(request));
    const names = (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
    const compiled = names.map(async (name): Promise<[string, WebAssembly.Module]> => [
      name,
      await WebAssembly.compile(boundMemories(await readFile(join(folder, name)), this.#maxWorkerMemory)),
    ]);
    return { glue: join(folder, "component.mjs"), modules: new Map(await Promise.all(compiled)) };
  }

  async #store(folder: string, reply: TranspileReply): Promise<void> {
    const partial = `${folder}.${crypto.randomUUID()}.part`;
    try {
      await mkdir(partial, { recursive: true });
      for (const [name, content] of Object.entries(reply.files)) {
        await writeFile(join(partial, name === "component.js" ? "component.mjs" : name), content);
      }
      await rename(partial, folder);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      // Another process may have been first.
      if (!existsSync(folder)) throw fileError(folder, error);
    }
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
