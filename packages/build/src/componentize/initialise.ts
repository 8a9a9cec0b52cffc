import { KnownRandom } from "./known-random.ts";
import { EngineExit, Preview1 } from "./preview1.ts";
import { revealRejections } from "./reveal-rejections.ts";
import type { Initializer } from "./splice-engine.ts";

/** A component's program in one module. */
export interface Program {
  /** As guest stack traces show it: `shop_cart.js` */
  readonly name: string;
  readonly text: string;
}

export interface Initialisation {
  /** The memory of the engine when the program is loaded; nothing if it failed. */
  readonly memory?: Uint8Array;
  /** What was printed meanwhile, reasons of failure and all. */
  readonly output: string;
  /** What the program asked of a host while it was loaded, each once, as `wasi:random/random@0.2.10#get-random-u64`. */
  readonly asked: readonly string[];
}

/** How a reading of the date is called among what a program asks. */
export const DATE = "Date";

const PREVIEW1 = "wasi_snapshot_preview1";

interface EngineExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly "componentize.wizer": () => void;
  /** 0 when all went well. */
  readonly check_init: () => number;
  readonly cabi_realloc: (address: number, size: number, align: number, newSize: number) => number;
}

/**
 * Initialises an engine with a program: what the wizer program does, in this process. The same input gives the same memory, on
 * every machine. Takes 0.1 s, the first time for an engine 0.3 s, and as long as the program takes to load.
 */
export async function initialise(
  engine: WebAssembly.Module,
  { bindings, environment }: Initializer,
  program: Program,
): Promise<Initialisation> {
  const asked = new Set<string>();
  const random = new KnownRandom(bindings + program.text);
  const preview1 = new Preview1({
    input: `--initializer-script-path /bindings/initializer.js --strip-path-prefix /source/ /source/${program.name}`,
    environment,
    folders: new Map([
      ["/bindings", new Map([["initializer.js", bindings]])],
      ["/source", new Map([[program.name, program.text]])],
    ]),
    random,
    // What the bindings did before is not the program's.
    onOpen: (name) => void (name === program.name && asked.clear()),
    onDate: () => void asked.add(DATE),
  });
  const known: Record<string, unknown> = preview1.functions();
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module, name } of WebAssembly.Module.imports(engine)) {
    const ask = (...args: readonly unknown[]): unknown => {
      asked.add(`${module}#${name}`);
      return answer(name, args, random, exports);
    };
    const offered = module === PREVIEW1 ? known[name] : undefined;
    (imports[module] ??= {})[name] = (offered ?? ask) as WebAssembly.ImportValue;
  }
  const instance = await WebAssembly.instantiate(engine, imports);
  const exports = instance.exports as unknown as EngineExports;
  preview1.memory = exports.memory;
  const failure = run(exports);
  const { output } = preview1;
  if (failure !== undefined) return { output: output.trim() === "" ? failure : output, asked: [...asked] };
  revealRejections(exports.memory);
  return { memory: new Uint8Array(exports.memory.buffer), output, asked: [...asked] };
}

/** @returns why it failed, if it did */
function run(exports: EngineExports): string | undefined {
  try {
    exports._initialize();
    exports["componentize.wizer"]();
    return exports.check_init() === 0 ? undefined : "the program does not offer what its world exports";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Random numbers are answered, so that all that a program asks for is found at once. */
function answer(
  name: string,
  args: readonly unknown[],
  random: KnownRandom,
  { memory, cabi_realloc: allocate }: EngineExports,
): bigint | undefined {
  if (name === "get-random-u64") {
    const bytes = new BigUint64Array(1);
    random.draw(new Uint8Array(bytes.buffer));
    return bytes[0];
  }
  if (name !== "get-random-bytes") throw new EngineExit("there is no host while a component is built");
  const [length, result] = args.map(Number);
  const address = allocate(0, 0, 1, length ?? 0);
  random.draw(new Uint8Array(memory.buffer, address, length));
  const view = new DataView(memory.buffer);
  view.setUint32(result ?? 0, address, true);
  view.setUint32((result ?? 0) + 4, length ?? 0, true);
  return undefined;
}
