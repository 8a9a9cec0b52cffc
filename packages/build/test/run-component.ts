import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import { WASIShim } from "@bytecodealliance/preview2-shim/instantiation";

type Instantiate = (
  getCoreModule: (path: string) => Promise<WebAssembly.Module>,
  imports: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

/** Instantiates a component outside any host, with imports of a test's own beside WASI. */
export async function runComponent<T>(wasmPath: string, imports: Record<string, unknown>): Promise<T> {
  const transpiled = await transpileBytes(await readFile(wasmPath), {
    name: "component",
    instantiation: "async",
  });
  const files = new Map<string, Uint8Array>(Object.entries(transpiled.files));
  const dir = await mkdtemp(join(tmpdir(), "golem-kit-run-"));
  try {
    const glue = join(dir, "component.mjs");
    await writeFile(glue, files.get("component.js") ?? "");
    const { instantiate } = (await import(pathToFileURL(glue).href)) as { readonly instantiate: Instantiate };
    const compile = (path: string) => WebAssembly.compile(new Uint8Array(files.get(path) ?? []));
    return (await instantiate(compile, { ...new WASIShim().getImportObject(), ...imports })) as T;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
