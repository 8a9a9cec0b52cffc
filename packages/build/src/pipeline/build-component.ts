import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BuildCache } from "../cache/build-cache.ts";
import { type Bundle, bundleProgram } from "../bundle/bundle.ts";
import { checkExports } from "../checks/check-exports.ts";
import { checkFrozenValues } from "../checks/check-frozen-values.ts";
import { checkImports } from "../checks/check-imports.ts";
import { importContext } from "../checks/import-context.ts";
import type { ComponentCompiler } from "../componentize/component-compiler.ts";
import { componentizeFailure } from "../componentize/componentize-failure.ts";
import { featuresOf } from "../componentize/world-input.ts";
import type { WorldOfTexts } from "../componentize/worlds.ts";
import { displayPath } from "../display-path.ts";
import { writeFileIfChanged } from "../files.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { type ApplicationWit, type GeneratedWit, generateWit } from "../wit/generate-wit.ts";
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
  readonly compiler: ComponentCompiler;
  readonly cache: BuildCache;
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
    const world = { wit: generated.files, world: generated.worldId, features: featuresOf(generated.world) };
    this.#context.compiler.prepare(world);
    const types = this.#step("types", () => writeTypes(this.#component, generated, wit, this.#context));
    const [, { bundle, component, files }] = await Promise.all([
      types,
      this.#compileAndCheck(generated, world),
    ]);
    const size = await this.#write(bundle, component);
    const record = {
      fingerprint: print,
      program: files,
      dynamicLinking: generated.dynamicLinking,
      size,
    };
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

  /** The program is checked while it is compiled. What the checks find says more than what the engine says. */
  async #compileAndCheck(generated: GeneratedWit, world: WorldOfTexts): Promise<CompiledBundle> {
    const bundle = await this.#step("bundle", () => this.#bundle(generated));
    const files = hashFiles(dirname(this.#outputs.record), bundle.files);
    const compiled = this.#step("compile", () => this.#compile(bundle, world));
    const checked = this.#step("check", () => this.#check(bundle, generated));
    const [, component] = await Promise.all([checked, compiled]);
    return { bundle, component, files: await files };
  }

  #check(bundle: Bundle, { world }: GeneratedWit): void {
    checkImports(bundle, importContext(this.#component, world, this.#context));
    checkExports(bundle.code, world, displayPath(this.#entry));
    checkFrozenValues(bundle.code, world);
  }

  async #compile({ code }: Bundle, world: WorldOfTexts): Promise<readonly Uint8Array[]> {
    const program = { name: basename(this.#outputs.program), text: code.text };
    const { component, output } = await this.#context.compiler.compile(world, program);
    if (component === undefined) throw componentizeFailure(output, code, this.#entry);
    return component;
  }

  async #write({ code }: Bundle, component: readonly Uint8Array[]): Promise<ComponentSize> {
    const { program, map, wasm } = this.#outputs;
    const bytes = Buffer.concat(component);
    await Promise.all([
      writeFileIfChanged(program, code.text),
      writeFileIfChanged(map, code.map),
      writeFileIfChanged(wasm, bytes),
    ]);
    const size = Buffer.byteLength(code.text);
    return { total: bytes.length, engine: bytes.length - size, program: size };
  }
}

interface CompiledBundle {
  readonly bundle: Bundle;
  /** Parts of its bytes. */
  readonly component: readonly Uint8Array[];
  /** Hashes of the program's files. */
  readonly files: Readonly<Record<string, string>>;
}
