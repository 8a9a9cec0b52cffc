import { dirname, resolve } from "node:path";
import type { ApplicationComponent } from "../manifest/application.ts";
import type { BuildContext } from "./build-context.ts";
import { lockBuild } from "./build-lock.ts";
import { type BuildRecord, currentRecord } from "./build-record.ts";
import type { BuiltComponent } from "./built-component.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Outputs, outputsOf } from "./outputs.ts";

/** Builds one component, unless nothing has changed since it was built. Of several who want it built one does it. */
export async function buildComponent(
  component: ApplicationComponent,
  context: BuildContext,
): Promise<BuiltComponent> {
  const start = performance.now();
  const outputs = outputsOf(component);
  const print = fingerprint(context.app, component, context.wit, context.tools);
  const findCurrent = async (): Promise<BuildRecord | undefined> =>
    context.force ? undefined : currentRecord(outputs, print);
  let record = await findCurrent();
  let upToDate = record !== undefined;
  if (record === undefined) {
    using _lock = await lockBuild(outputs.lock);
    // Who had the lock before may have built the same.
    record = await findCurrent();
    upToDate = record !== undefined;
    record ??= await build(component, outputs, context, print);
  }
  context.onProgress({ component: component.name, type: "done", upToDate, ms: performance.now() - start });
  const { name, componentType, files, env } = component;
  const { dynamicLinking, size } = record;
  const sources = Object.keys(record.program).map((path) => resolve(dirname(outputs.record), path));
  return {
    name,
    wasmPath: outputs.wasm,
    programPath: outputs.program,
    mapPath: outputs.map,
    componentType,
    fingerprint: print,
    sources,
    dynamicLinking,
    files,
    env,
    upToDate,
    size,
  };
}

/** The tools that build are loaded when there is something to build: that takes longer than to find out that there is not. */
async function build(
  component: ApplicationComponent,
  outputs: Outputs,
  context: BuildContext,
  print: string,
): Promise<BuildRecord> {
  const { ComponentBuild } = await import("./component-build.ts");
  return new ComponentBuild(component, outputs, context).run(print);
}
