import { initialise, type Initialisation, type Program } from "./initialise.ts";
import { type Initializer, type SplicedEngine, spliceEngine } from "./splice-engine.ts";
import type { Splicer } from "./splicer.ts";
import type { WorldInput } from "./world-input.ts";

/** What threads do for a compiler, by name. */
export interface CompileTasks {
  splice(world: WorldInput): Promise<SplicedEngine>;
  stubWasi(world: WorldInput): Promise<Uint8Array>;
  makeTemplate(input: { readonly stubbed: Uint8Array; readonly world: WorldInput }): Promise<Uint8Array>;
  initialise(input: InitialiseInput): Promise<Initialisation>;
}

export interface InitialiseInput {
  readonly engine: WebAssembly.Module;
  readonly initializer: Initializer;
  readonly program: Program;
}

/** The tasks of one thread, which loads tools when they are first needed: most builds need neither. */
export class ThreadTasks implements CompileTasks {
  #splicer: Promise<Splicer> | undefined;

  async splice(world: WorldInput): Promise<SplicedEngine> {
    return spliceEngine(await this.#loadSplicer(), world);
  }

  async stubWasi(world: WorldInput): Promise<Uint8Array> {
    return (await this.#loadSplicer()).stubWasi(world);
  }

  async makeTemplate({
    stubbed,
    world,
  }: {
    readonly stubbed: Uint8Array;
    readonly world: WorldInput;
  }): Promise<Uint8Array> {
    const { makeTemplate } = await import("./make-template.ts");
    return makeTemplate(await this.#loadSplicer(), stubbed, world);
  }

  initialise({ engine, initializer, program }: InitialiseInput): Promise<Initialisation> {
    return initialise(engine, initializer, program);
  }

  #loadSplicer(): Promise<Splicer> {
    return (this.#splicer ??= import("./splicer.ts").then(({ Splicer }) => Splicer.load()));
  }
}
