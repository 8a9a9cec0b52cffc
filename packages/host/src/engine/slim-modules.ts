import { BinaryReader, PREAMBLE, leb128 } from "@golem-kit/wit";

import { nameOf, sectionOf } from "./binary-section.ts";

/** Of a component. */
const CORE_MODULE_SECTION = 1;

/** Of a core module. */
const CUSTOM_SECTION = 0;
const FUNCTION_SECTION = 3;
const CODE_SECTION = 10;
/** What only the code needs: custom sections, elements, data, and how many data there are. */
const LEFT_OUT: ReadonlySet<number> = new Set([CUSTOM_SECTION, 9, 11, 12]);

/** A function of any type: no locals, `unreachable`, `end`. */
const BODY = [3, 0, 0x00, 0x0b];

/** A component without the code of its core modules. */
export interface SlimComponent {
  readonly wasm: Uint8Array;
  /** The module as it was, by what is in its place. Another module is returned as it is. */
  readonly restore: (module: Uint8Array) => Uint8Array;
  /** Of a module that {@link restore} would replace: its number among those of the component. */
  readonly numberOf: (module: Uint8Array) => number | undefined;
}

/**
 * A component of the same shape whose core modules have neither code nor data: their types, imports and exports are all
 * that a transpiler goes by, and the rest, 14 MB of JavaScript engine, costs it most of its time.
 */
export function slimModules(component: Uint8Array): SlimComponent {
  const parts: Uint8Array[] = [component.subarray(0, PREAMBLE)];
  const modules = new Map<string, Uint8Array>();
  let from = PREAMBLE;
  for (const { id, content, end } of new BinaryReader(component, PREAMBLE).sections()) {
    if (id === CORE_MODULE_SECTION) {
      const module = component.subarray(content.position, end);
      const slim = slimModule(module, modules.size);
      modules.set(textOf(slim), module);
      parts.push(sectionOf(id, slim));
    } else {
      parts.push(component.subarray(from, end));
    }
    from = end;
  }
  const numbers = new Map([...modules.keys()].map((text, number) => [text, number]));
  return {
    wasm: Buffer.concat(parts),
    restore: (module) => modules.get(textOf(module)) ?? module,
    numberOf: (module) => numbers.get(textOf(module)),
  };
}

/** @param number tells modules of the same shape apart */
function slimModule(module: Uint8Array, number: number): Uint8Array {
  const parts: Uint8Array[] = [module.subarray(0, PREAMBLE)];
  let functions = 0;
  let from = PREAMBLE;
  for (const { id, content, end } of new BinaryReader(module, PREAMBLE).sections()) {
    if (id === FUNCTION_SECTION) functions = content.u32();
    if (id === CODE_SECTION) {
      const bodies = Array.from({ length: functions }, () => BODY).flat();
      parts.push(sectionOf(id, Uint8Array.from([...leb128(functions), ...bodies])));
    } else if (!LEFT_OUT.has(id)) {
      parts.push(module.subarray(from, end));
    }
    from = end;
  }
  parts.push(sectionOf(CUSTOM_SECTION, Uint8Array.from(nameOf(`golem-kit:module-${number}`))));
  return Buffer.concat(parts);
}

function textOf(module: Uint8Array): string {
  return Buffer.from(module.buffer, module.byteOffset, module.byteLength).toString("latin1");
}
