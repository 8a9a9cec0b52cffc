import { readFile } from "node:fs/promises";
import { componentNew, metadataAdd, preview1AdapterReactorPath } from "@bytecodealliance/jco";
import { version } from "@bytecodealliance/componentize-js";
import { BinaryReader, leb128 } from "@golem-kit/wit";
import {
  CODE,
  CORE_MODULE,
  CUSTOM,
  DATA,
  DATA_COUNT,
  EXPORTS,
  FUNCTIONS,
  GLOBALS,
  section,
  type Section,
  sectionsOf,
  START,
  withoutExports,
  withSections,
} from "./core-module.ts";
import { stopEngineClock } from "./engine-clock.ts";
import type { Splicer } from "./splicer.ts";
import type { WorldInput } from "./world-input.ts";

/** A function of any type: no locals, `unreachable`, `end`. */
const BODY = [3, 0, 0x00, 0x0b];

/** What the engine offers only until it is initialised. */
const INITIALIZERS: ReadonlySet<string> = new Set(["_initialize", "componentize.wizer"]);

/** One mutable `i32`, the stack pointer, with its first value. It has that again when nothing runs. */
const STACK_POINTER_ALONE = /^017f0141[0-9a-f]{2,10}0b$/;

/**
 * A component of a world whose engine has no data yet: {@link fillTemplate} puts those of an initialised one there. Takes about
 * a second.
 *
 * @param stubbed the engine with what the world imports of WASI, as {@link Splicer.stubWasi} gives it
 * @throws Error when the engine is not as componentize-js makes it
 */
export async function makeTemplate(
  splicer: Splicer,
  stubbed: Uint8Array,
  world: WorldInput,
): Promise<Uint8Array> {
  const engine = splicer.splice(world, stubbed).wasm;
  const sections = sectionsOf(engine);
  checkState(sections);
  const shell = await componentNew(slim(engine, sections), [
    ["wasi_snapshot_preview1", await readFile(preview1AdapterReactorPath())],
  ]);
  const component = await metadataAdd(shell, [
    ["language", [["JavaScript", ""]]],
    ["processed-by", [["ComponentizeJS", version]]],
  ]);
  stopEngineClock(component);
  return restoreCode(component, sections);
}

/** Memory is all that tells an initialised engine from a new one. */
function checkState(sections: readonly Section[]): void {
  const globals = sections.find(({ id }) => id === GLOBALS);
  const text = Buffer.from(globals?.content ?? []).toString("hex");
  const starts = sections.some(({ id }) => id === START);
  if (starts || !STACK_POINTER_ALONE.test(text)) {
    throw new Error(`The engine has other globals than its stack pointer, or starts by itself: ${text}`);
  }
}

/** The engine as the component model sees it: without code and data, which make it slow to look at. */
function slim(engine: Uint8Array, sections: readonly Section[]): Uint8Array {
  const functions = sections.find(({ id }) => id === FUNCTIONS);
  const count = functions === undefined ? 0 : new BinaryReader(functions.content).u32();
  const bodies = Array.from({ length: count }, () => BODY).flat();
  const parts = sections.flatMap((each) => {
    if (each.id === CODE) return [section(CODE, leb128(count), bodies)];
    if (each.id === EXPORTS) return [withoutExports(each, INITIALIZERS)];
    return each.id === DATA || each.id === DATA_COUNT ? [] : [each.bytes];
  });
  return withSections(engine, parts);
}

/** The code of the engine, which is the first and by far the largest module of the component, back in its place. */
function restoreCode(component: Uint8Array, engine: readonly Section[]): Uint8Array {
  const code = engine.find(({ id }) => id === CODE);
  const parts = sectionsOf(component);
  const at = parts.findIndex(({ id }) => id === CORE_MODULE);
  const module = parts[at];
  if (code === undefined || module === undefined) throw new Error("The component has no engine");
  const restored = sectionsOf(module.content)
    .filter(({ id, content }) => id !== CUSTOM || !isNameSection(content))
    .map(({ id, bytes }) => (id === CODE ? code.bytes : bytes));
  const wasm = section(CORE_MODULE, withSections(module.content, restored));
  return withSections(
    component,
    parts.map(({ bytes }, index) => (index === at ? wasm : bytes)),
  );
}

/** Names of the few functions that were stubbed. */
function isNameSection(content: Uint8Array): boolean {
  return new BinaryReader(content).name() === "name";
}
