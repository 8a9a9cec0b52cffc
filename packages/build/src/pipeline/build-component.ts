import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Bundle, bundleProgram } from "../bundle/bundle.ts";
import { checkExports } from "../checks/check-exports.ts";
import { checkFrozenValues } from "../checks/check-frozen-values.ts";
import { checkImports } from "../checks/check-imports.ts";
import { importContext } from "../checks/import-context.ts";
import { componentizeInProcess } from "../componentize/componentize-in-process.ts";
import { componentizeFailure } from "../componentize/componentize-failure.ts";
import { displayPath } from "../display-path.ts";
import { writeFileIfChanged } from "../files.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { type ApplicationWit, type GeneratedWit, generateWit } from "../wit/generate-wit.ts";
import { withWitFolder } from "../wit/wit-texts.ts";
import type { BuildEvent, BuildStep } from "./build-event.ts";
import { lockBuild } from "./build-lock.ts";
import { type BuildRecord, currentRecord } from "./build-record.ts";
import type { BuiltComponent, ComponentSize } from "./built-component.ts";
import { fingerprint, hashFiles } from "./fingerprint.ts";
import { writeTypes } from "./generate-types.ts";
import { type Outputs, outputsOf } from "./outputs.ts";

export interface BuildContext {
  readonly app: Application;
  readonly wit: ApplicationWit;
  /** Hash of this package and its tools. */
  readonly tools: string;
  readonly force: boolean;
  readonly onProgress: (event: BuildEvent) => void;
}

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
    record ??= await new ComponentBuild(component, outputs, context).run(print);
  }
  context.onProgress({ component: component.name, type: "done", upToDate, ms: performance.now() - start });
  const { name, componentType, files, env } = component;
  const { dynamicLinking, size } = record;
  return {
    name,
    wasmPath: outputs.wasm,
    mapPath: outputs.map,
    componentType,
    dynamicLinking,
    files,
    env,
    upToDate,
    size,
  };
}

class ComponentBuild {
  readonly #component: ApplicationComponent;
  readonly #outputs: Outputs;
  readonly #context: BuildContext;

  constructor(component: ApplicationComponent, outputs: Outputs, context: BuildContext) {
    this.#component = component;
    this.#outputs = outputs;
    this.#context = context;
  }

  async run(print: string): Promise<BuildRecord> {
    const { app, wit } = this.#context;
    // A build that fails half-way must not look complete.
    await rm(this.#outputs.record, { force: true });
    const generated = await this.#step("wit", () => generateWit(app, this.#component, wit));
    const record = await withWitFolder(generated.files, async (witDir) => {
      await this.#step("types", () => writeTypes(this.#component, { witDir, world: generated.world, wit }));
      const bundle = await this.#step("bundle", () => this.#bundle(generated));
      await this.#step("check", () => this.#check(bundle, generated));
      const program = await hashFiles(dirname(this.#outputs.record), bundle.files);
      const size = await this.#step("compile", () => this.#compile(bundle, generated, witDir));
      return { fingerprint: print, program, dynamicLinking: generated.dynamicLinking, size };
    });
    await writeFileIfChanged(this.#outputs.record, JSON.stringify(record, null, 1));
    return record;
  }

  get #entry(): string {
    return join(this.#component.dir, "src", "main.ts");
  }

  async #step<T>(step: BuildStep, work: () => T | Promise<T>): Promise<T> {
    const { onProgress } = this.#context;
    const component = this.#component.name;
    const start = performance.now();
    onProgress({ component, type: "start", step });
    const result = await work();
    onProgress({ component, type: "end", step, ms: performance.now() - start });
    return result;
  }

  #bundle({ world }: GeneratedWit): Promise<Bundle> {
    const component = this.#component.name;
    return bundleProgram({
      entry: this.#entry,
      path: this.#outputs.program,
      world,
      onWarning: (message) => this.#context.onProgress({ component, type: "warning", message }),
    });
  }

  #check(bundle: Bundle, { world }: GeneratedWit): void {
    checkImports(bundle, importContext(this.#component, world, this.#context));
    checkExports(bundle.code, world, displayPath(this.#entry));
    checkFrozenValues(bundle.code, world);
  }

  async #compile({ code }: Bundle, { worldId }: GeneratedWit, witPath: string): Promise<ComponentSize> {
    const { program, map, wasm } = this.#outputs;
    await writeFileIfChanged(program, code.text);
    await writeFileIfChanged(map, code.map);
    try {
      const bytes = await componentizeInProcess({ sourcePath: program, witPath, world: worldId });
      await writeFileIfChanged(wasm, bytes);
      const size = Buffer.byteLength(code.text);
      return { total: bytes.length, engine: bytes.length - size, program: size };
    } catch (error) {
      throw componentizeFailure(error, code, this.#entry);
    }
  }
}
