import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { transpileBytes } from "@bytecodealliance/jco-transpile";

type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;
type RawInstance = Readonly<Record<string, Functions>>;

/** A component as jco alone runs it: no journal, no threads, no checks. */
export interface RawComponent extends AsyncDisposable {
  readonly instantiate: () => Promise<RawInstance>;
}

/** @param exports functions to be called, as `interface#function` */
export async function rawComponent(wasmPath: string, exports: readonly string[]): Promise<RawComponent> {
  const { files } = await transpileBytes(await readFile(wasmPath), {
    name: "component",
    instantiation: "async",
    asyncMode: "jspi",
    asyncImports: ["wasi:io/poll#poll", "wasi:io/poll#[method]pollable.block"],
    asyncExports: [...exports],
    emitTypescriptDeclarations: false,
    wasiShim: false,
    base64Cutoff: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), "golem-kit-bench-"));
  const modules = new Map<string, WebAssembly.Module>();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith(".wasm")) modules.set(name, await WebAssembly.compile(new Uint8Array(content)));
    else await writeFile(join(folder, "component.mjs"), content);
  }
  const glue: {
    readonly instantiate: (
      getModule: (name: string) => WebAssembly.Module | undefined,
      imports: unknown,
      instantiate: typeof WebAssembly.instantiate,
    ) => Promise<RawInstance>;
  } = await import(pathToFileURL(join(folder, "component.mjs")).href);
  return {
    instantiate: () => glue.instantiate((name) => modules.get(name), imports(), WebAssembly.instantiate),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** A clock, which the engine needs, and for the rest whatever satisfies the glue. */
function imports(): unknown {
  const clock = { now: () => process.hrtime.bigint(), resolution: () => 1n };
  return anything({ "wasi:clocks/monotonic-clock": anything(clock) });
}

/** Has a class under every name in capitals, further such objects under names of interfaces, functions elsewhere. */
function anything(known: Record<string, unknown>): unknown {
  const make = (name: string): unknown => {
    if (name.includes(":")) return anything({});
    return /^[A-Z]/.test(name) ? function resource(): void {} : (): void => undefined;
  };
  return new Proxy(known, { get: (target, name: string) => (target[name] ??= make(name)) });
}
