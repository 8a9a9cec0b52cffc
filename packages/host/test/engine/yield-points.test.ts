import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { BinaryReader } from "@golem-kit/wit";
import { describe, expect, test } from "vitest";

import { Yielding, type YieldPolicy } from "../../src/engine/preemption/yielding.ts";
import { FUEL, withYieldPoints } from "../../src/engine/preemption/yield-points.ts";

const FOREIGN = fileURLToPath(new URL("../fixtures/foreign/", import.meta.url));

/** Of a component. */
const CORE_MODULE_SECTION = 1;
const COMPONENT_SECTION = 4;

/** The core modules of a component, and of those that it is composed of. */
function coreModules(component: Uint8Array): Uint8Array[] {
  return Array.from(new BinaryReader(component, 8).sections(), ({ id, content, end }) => {
    const part = component.subarray(content.position, end);
    if (id === CORE_MODULE_SECTION) return [part];
    return id === COMPONENT_SECTION ? coreModules(part) : [];
  }).flat();
}

type Exports = Readonly<Record<string, (value: number) => number>>;

const { promising } = WebAssembly as unknown as {
  readonly promising: (fn: (value: number) => number) => (value: number) => Promise<number>;
};

async function moduleOf(text: string): Promise<Uint8Array> {
  return parse(`(module ${text})`);
}

/** Instantiates a module as an instance of a component does. */
async function instantiate(module: Uint8Array, yielding: Yielding): Promise<Exports> {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(withYieldPoints(module)));
  yielding.add(instance);
  return instance.exports as unknown as Exports;
}

/** Never due, unless told. */
function policy(parts: Partial<YieldPolicy> = {}): YieldPolicy {
  return { isDue: () => false, pause: () => Promise.resolve(), resumed: () => undefined, ...parts };
}

/** Counts to its parameter. */
const LOOP = `(func (export "count") (param i32) (result i32) (local i32)
  (loop $again
    (local.set 1 (i32.add (local.get 1) (i32.const 1)))
    (br_if $again (i32.lt_u (local.get 1) (local.get 0))))
  (local.get 1))`;

/** Without a loop. */
const RECURSION = `(func $fib (export "count") (param i32) (result i32)
  (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
    (then (local.get 0))
    (else (i32.add
      (call $fib (i32.sub (local.get 0) (i32.const 1)))
      (call $fib (i32.sub (local.get 0) (i32.const 2)))))))`;

describe("a module with yield points is valid", () => {
  test.each(readdirSync(FOREIGN).filter((name) => name.endsWith(".wasm")))("of %s", (name) => {
    const modules = coreModules(readFileSync(FOREIGN + name));
    expect(modules.length).toBeGreaterThan(0);
    for (const module of modules)
      expect(WebAssembly.validate(Uint8Array.from(withYieldPoints(module)))).toBe(true);
  });

  test.each([
    ["without anything", ""],
    ["without loops and calls", `(func (export "f") (result i32) (i32.const 1))`],
    ["a loop with parameters", `(func (result i32) (i32.const 1) (loop (param i32) (result i32)))`],
    [
      "branch tables and typed selects",
      `(func (param i32) (loop (block (block (br_table 0 1 2 (local.get 0))))) (drop (select (result i32) (i32.const 1) (i32.const 2) (local.get 0))))`,
    ],
    [
      "imported tables, globals, memories and functions",
      `(import "a" "t" (table 1 funcref)) (import "a" "g" (global (mut i64))) (import "a" "m" (memory 1 2)) (import "a" "f" (func (param i32))) (table 2 funcref) (global f64 (f64.const 1)) (func (loop (call 0 (i32.const 1)))) (elem (i32.const 0) func 0)`,
    ],
    [
      "constants of every kind",
      `(func (loop (drop (i64.const -9223372036854775808)) (drop (f32.const 1.5)) (drop (f64.const -0.1)) (drop (i32.const -2147483648))))`,
    ],
    [
      "bulk memory and tables",
      `(memory 1) (table 3 funcref) (elem $e func) (data $d "x") (func (loop (memory.copy (i32.const 0) (i32.const 0) (i32.const 0)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop $d) (table.init $e (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop $e) (table.copy (i32.const 0) (i32.const 0) (i32.const 0)) (drop (table.grow (ref.null func) (i32.const 0))) (drop (table.size)) (table.fill (i32.const 0) (ref.null func) (i32.const 0)) (drop (i32.trunc_sat_f64_s (f64.const 1)))))`,
    ],
    [
      "several memories and 64-bit addresses",
      `(memory 1) (memory $wide i64 1 4) (func (loop (i32.store $wide offset=8 (i64.const 0) (i32.const 1)) (drop (i64.load8_u 0 (i32.const 0)))))`,
    ],
    [
      "vectors",
      `(memory 1) (func (loop (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 1 2 3 4) (v128.load (i32.const 0)))) (drop (v128.load32_lane 1 (i32.const 0) (v128.const i64x2 0 0))) (drop (i16x8.extract_lane_u 3 (v128.const i64x2 0 0))) (drop (v128.load64_zero (i32.const 0)))))`,
    ],
    [
      "atomics",
      `(memory 1 1 shared) (func (loop (atomic.fence) (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))) (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))))`,
    ],
    [
      "exceptions",
      `(tag $t (param i32)) (func (loop (block $caught (result i32) (try_table (catch $t $caught) (throw $t (i32.const 1))) (i32.const 0)) (drop)))`,
    ],
    [
      "tail calls",
      `(type $f (func)) (table 1 funcref) (func $g (return_call $g)) (func (return_call_indirect (type $f) (i32.const 0)))`,
    ],
    [
      "references, structures and arrays",
      `(rec (type $node (struct (field (mut (ref null $node))) (field i8))) (type $list (array (mut i32)))) (func (param (ref null $node)) (local (ref null $list)) (loop (struct.set $node 0 (ref.as_non_null (local.get 0)) (ref.null $node)) (drop (struct.get_u $node 1 (local.get 0))) (drop (array.new_fixed $list 2 (i32.const 1) (i32.const 2))) (drop (array.len (local.get 1))) (drop (ref.test (ref $node) (local.get 0))) (drop (ref.i31 (i32.const 1))) (block $b (drop (br_on_cast $b anyref (ref $node) (local.get 0))) ) ))`.replace(
        "(block $b (drop (br_on_cast $b anyref (ref $node) (local.get 0))) )",
        "(drop (block $b (result anyref) (br_on_cast $b anyref (ref $node) (local.get 0))))",
      ),
    ],
  ])("with %s", async (_, text) => {
    const module = await moduleOf(text);
    expect(WebAssembly.validate(Uint8Array.from(module))).toBe(true);
    expect(WebAssembly.validate(Uint8Array.from(withYieldPoints(module)))).toBe(true);
  });
});

test("a module that computes nothing for long is left as it is", async () => {
  const module = await moduleOf(`(func (export "f") (result i32) (i32.const 1))`);
  expect(withYieldPoints(module)).toBe(module);
});

test("an instruction that no specification has is refused", async () => {
  const module = await moduleOf(`(func (loop (nop) (nop)))`);
  const code = Buffer.from(module);
  code[code.indexOf(Buffer.from([0x01, 0x01]))] = 0x27;
  expect(() => withYieldPoints(code)).toThrow(/has the instruction 0x27, which this host does not know/);
});

describe.each([
  ["a loop", LOOP, 3_000_000, 3_000_000],
  ["recursion", RECURSION, 27, 196_418],
])("%s", (_, text, parameter, result) => {
  test("pauses where others are due, and computes the same", async () => {
    let pauses = 0;
    const pause = async (): Promise<void> => {
      await Promise.resolve();
      pauses += 1;
    };
    const yielding = new Yielding(policy({ isDue: () => true, pause }));
    const { count } = await instantiate(await moduleOf(text), yielding);
    expect(await promising(count ?? Number)(parameter)).toBe(result);
    expect(pauses).toBeGreaterThan(3);
  });

  test("is ended by what the policy throws", async () => {
    const resumed = (): void => {
      throw new RangeError("enough");
    };
    const yielding = new Yielding(policy({ isDue: () => true, resumed }));
    const { count } = await instantiate(await moduleOf(text), yielding);
    await expect(promising(count ?? Number)(parameter)).rejects.toThrow("enough");
  });

  test("goes on where it cannot be suspended, and not for ever", async () => {
    const pause = (): Promise<void> => expect.unreachable("it cannot pause");
    const patient = new Yielding(policy({ isDue: () => true, pause }));
    const { count } = await instantiate(await moduleOf(text), patient);
    expect(count?.(parameter)).toBe(result);

    const impatient = new Yielding(policy({ isDue: () => true, pause }), 0);
    const stopped = await instantiate(await moduleOf(text), impatient);
    expect(() => stopped["count"]?.(parameter)).toThrow(/where it cannot be interrupted/);
  });

  test("pauses at the next yield point when it is asked to", async () => {
    let due = false;
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses += 1;
      due = false;
      return Promise.resolve();
    };
    const yielding = new Yielding(policy({ isDue: () => due, pause }));
    const { count } = await instantiate(await moduleOf(text), yielding);
    await promising(count ?? Number)(1);
    expect(pauses).toBe(0);
    due = true;
    yielding.soon();
    await promising(count ?? Number)(2);
    expect(pauses).toBe(1);
  });
});

test("the counter has a name that no program uses", () => {
  expect(FUEL).toMatch(/^golem-kit:/);
});
