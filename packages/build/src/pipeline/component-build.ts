import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Bundle, bundleProgram, PRELUDE } from "../bundle/bundle.ts";
import { loadInWorker } from "../bundle/load-in-worker.ts";
import { checkExports } from "../checks/check-exports.ts";
import { checkGlobals } from "../checks/check-globals.ts";
import { checkImports } from "../checks/check-imports.ts";
import { frozenRead } from "../checks/frozen-read.ts";
import { importContext } from "../checks/import-context.ts";
import { componentizeFailure, neverLoaded } from "../componentize/componentize-failure.ts";
import { TaskTimeout } from "../componentize/compile-threads.ts";
import { featuresOf, wasiImportsOf } from "../componentize/world-input.ts";
import type { WorldOfTexts } from "../componentize/worlds.ts";
import { displayPath } from "../display-path.ts";
import { writeFileIfChanged } from "../files.ts";
import type { ApplicationComponent } from "../manifest/application.ts";
import { type GeneratedWit, generateWit } from "../wit/generate-wit.ts";
import type { BuildContext } from "./build-context.ts";
import type { BuildStep } from "./build-event.ts";
import type { BuildRecord } from "./build-record.ts";
import type { ComponentSize } from "./built-component.ts";
import { hashFiles } from "./fingerprint.ts";
import { writeTypes } from "./generate-types.ts";
import type { Outputs } from "./outputs.ts";

/** The building of one component, step by step. */
export class ComponentBuild {
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
    const world = {
      wit: generated.files,
      world: generated.worldId,
      features: featuresOf(generated.world),
      wasiImports: wasiImportsOf(generated.world),
    };
    this.#context.compiler.prepare(world);
    const types = this.#step("types", () => writeTypes(this.#component, generated, wit, this.#context));
    const work = this.#compileAndCheck(generated, world);
    // A build that has failed leaves nobody who still writes into the component's folder.
    await Promise.allSettled([work, types]);
    const compiled = await work;
    await types;
    const size = await this.#write(compiled);
    const { dynamicLinking } = generated;
    const record = { fingerprint: print, program: compiled.files, dynamicLinking, size };
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
    return bundleProgram({
      entry: this.#entry,
      path: this.#outputs.program,
      world,
      onWarning: (message) => this.#warn(message),
    });
  }

  #warn(message: string): void {
    this.#context.onProgress({ component: this.#component.name, type: "warning", message });
  }

  /** The program is checked while it is compiled. What the checks find says more than what the engine says. */
  async #compileAndCheck(generated: GeneratedWit, world: WorldOfTexts): Promise<CompiledBundle> {
    const bundle = await this.#step("bundle", () => this.#bundle(generated));
    const files = hashFiles(dirname(this.#outputs.record), bundle.files);
    const text =
      this.#component.load === "in-worker" ? loadInWorker(bundle.code, PRELUDE.length) : bundle.code.text;
    const compiled = this.#step("compile", () => this.#compile(bundle, text, world));
    const checked = this.#step("check", () => this.#check(bundle, generated));
    const [, component] = await Promise.all([checked, compiled]);
    return { text, map: bundle.code.map, component, files: await files };
  }

  #check(bundle: Bundle, { world }: GeneratedWit): void {
    checkImports(bundle, importContext(this.#component, world, this.#context));
    checkExports(bundle.code, world, displayPath(this.#entry));
    checkGlobals(bundle.code, (message) => this.#warn(message));
  }

  async #compile(bundle: Bundle, text: string, world: WorldOfTexts): Promise<readonly Uint8Array[]> {
    const program = { name: basename(this.#outputs.program), text };
    const loaded = await this.#context.compiler.compile(world, program).catch((error: unknown) => {
      if (error instanceof TaskTimeout) throw neverLoaded(displayPath(this.#entry), error);
      throw error;
    });
    if ("component" in loaded) return loaded.component;
    if ("output" in loaded) throw componentizeFailure(loaded.output, bundle.code, this.#entry);
    throw frozenRead({
      ...loaded,
      bundle,
      entry: displayPath(this.#entry),
      settings: displayPath(join(this.#component.dir, "package.json")),
    });
  }

  async #write({ text, map, component }: CompiledBundle): Promise<ComponentSize> {
    const bytes = Buffer.concat(component);
    await Promise.all([
      writeFileIfChanged(this.#outputs.program, text),
      writeFileIfChanged(this.#outputs.map, map),
      writeFileIfChanged(this.#outputs.wasm, bytes),
    ]);
    const size = Buffer.byteLength(text);
    return { total: bytes.length, engine: bytes.length - size, program: size };
  }
}

interface CompiledBundle {
  /** The program as it goes into the component. */
  readonly text: string;
  /** Its source map, as JSON. */
  readonly map: string;
  /** Parts of its bytes. */
  readonly component: readonly Uint8Array[];
  /** Hashes of the files that the program was made of. */
  readonly files: Readonly<Record<string, string>>;
}
