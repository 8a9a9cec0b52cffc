import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ComponentDecodeError, worldOfComponent, type WitInterface, type WitWorld } from "../src/index.ts";
import { dummyComponent } from "./dummy-component.ts";

async function decodeText(wat: string): Promise<WitWorld> {
  return worldOfComponent(await parse(wat));
}

function interfaceOf(world: WitWorld, name: string): WitInterface {
  const item = world.exports.get(name) ?? world.imports.get(name);
  if (item?.kind !== "interface") throw new Error(`no interface ${name}`);
  return item.interface;
}

function failure(bytes: Uint8Array): ComponentDecodeError {
  try {
    worldOfComponent(bytes);
  } catch (error) {
    if (error instanceof ComponentDecodeError) return error;
    throw error;
  }
  throw new Error("it decoded");
}

test("a core module is told apart from a component", async () => {
  const error = failure(await parse("(module)"));
  expect(error.code).toBe("not-a-component");
  expect(error.message).toContain("not a component at byte 0: it is a core WebAssembly module");
});

test.each([
  ["nothing", []],
  ["a text", [...Buffer.from("package a:b;")]],
  ["half of the magic number", [0, 97]],
])("%s is not a component", (_, bytes) => {
  expect(failure(Uint8Array.from(bytes)).code).toBe("not-a-component");
});

test("another version of the format is refused", () => {
  const error = failure(Uint8Array.of(0, 97, 115, 109, 14, 0, 1, 0));
  expect(error).toMatchObject({ code: "unsupported", offset: 4 });
});

test("an error names the offset at which the bytes are wrong", async () => {
  const bytes = await parse(`(component (type (record (field "x" u32))))`);
  const at = Buffer.from(bytes).indexOf(0x72, 8);
  bytes[at] = 0x50;
  expect(failure(bytes)).toMatchObject({ code: "malformed", offset: at });
  expect(failure(bytes).message).toBe(`malformed component at byte ${at}: 0x50 is not the code of a type`);
});

test("a section that is cut short is an error at the place where it starts", async () => {
  const bytes = await parse(`(component (type (record (field "x" u32))))`);
  expect(failure(bytes.subarray(0, 14))).toMatchObject({ code: "malformed", offset: 10 });
});

test.each([
  ["an async function", `(type (func async))`, "async function"],
  ["a stream", `(type (stream u8))`, "a stream"],
  ["a future", `(type (future u8))`, "a future"],
  ["an error-context", `(type (list error-context))`, "an error-context"],
  ["a list of fixed length", `(type (list u8 4))`, "a list of fixed length"],
  ["a map", `(type (map string u8))`, "a map"],
  ["an async built-in", `(core func (canon task.cancel))`, "canonical function 0x05"],
  ["an imported module", `(import "m" (core module))`, `"m" is a module`],
  ["an imported component", `(import "c" (component))`, `"c" is a component`],
  ["a value", `(import "v" (value string))`, "a value"],
  ["a nested instance", `(import "a" (instance (export "b" (instance))))`, `the instance "b"`],
  ["a dependency's name", `(import "unlocked-dep=<a:b>" (instance))`, "not the name of a WIT interface"],
  ["a nested namespace", `(import "a:b:c/d" (instance))`, "not the name of a WIT interface"],
  ["an async name", `(import "[async]f" (func))`, "not the name of a WIT function"],
])("%s is refused by name", async (_, definition, reason) => {
  const error = failure(await parse(`(component ${definition})`));
  expect(error.code).toBe("unsupported");
  expect(error.message).toContain(reason);
});

test("named results are refused, as WIT no longer has them", () => {
  const signature = [0x40, 0x00, 0x01, 0x01, 0x01, 0x61, 0x7f];
  const section = [0x07, signature.length + 1, 0x01, ...signature];
  const error = failure(Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0, ...section));
  expect(error).toMatchObject({ code: "unsupported", offset: 13 });
  expect(error.message).toContain("named results");
});

test("a package of WIT is not a component that runs", async () => {
  const error = failure(await parse(`(component (type $t (component)) (export "w" (type $t)))`));
  expect(error.message).toContain("is this a package of WIT?");
});

test("an instance that is made of exports, through outer aliases, keeps names and identity", async () => {
  const world = await decodeText(`(component
    (import "a:b/c@1.0.0" (instance $c
      (export "handle" (type (sub resource)))
      (type $r (record (field "n" u8)))
      (export "row" (type $row (eq $r)))
      (export "get" (func (result $row)))))
    (alias export $c "row" (type $row))
    (alias export $c "handle" (type $handle))
    (component $inner
      (alias outer 1 $row (type $row))
      (import "h" (type $h (sub resource)))
      (export $h2 "used" (type $h))
      (type $b (borrow $h2))
      (type $f (func (param "of" $b) (result $row)))
      (import "f" (func $f (type $f)))
      (instance $made (export "used" (type $h2)) (export "f" (func $f)))
      (export "x" (instance $made)))
    (type $own (borrow $handle))
    (import "f" (func $f (param "of" $own) (result $row)))
    (instance $made (instantiate $inner (with "h" (type $handle)) (with "f" (func $f))))
    (alias export $made "x" (instance $x))
    (export "x:y/z" (instance $x)))`);
  const { types, resources, functions } = interfaceOf(world, "x:y/z");
  const resource = { name: "handle", interface: "a:b/c@1.0.0" };
  expect([...types]).toEqual([["used", { kind: "own", resource }]]);
  expect(resources).toEqual([]);
  expect(functions.get("f")).toMatchObject({
    params: [{ name: "of", type: { kind: "borrow", resource } }],
    result: { kind: "record", name: "row" },
  });
});

test("each instance of one component has resources of its own", async () => {
  const world = await decodeText(`(component
    (component $inner
      (type $r (resource (rep i32)))
      (export "r" (type $r)))
    (instance $one (instantiate $inner))
    (instance $two (instantiate $inner))
    (export "a:b/one" (instance $one))
    (export "a:b/two" (instance $two)))`);
  expect(interfaceOf(world, "a:b/one").resources).toEqual(["r"]);
  expect(interfaceOf(world, "a:b/two").resources).toEqual(["r"]);
});

test("types that would expand without end are refused", async () => {
  const doubling = Array.from(
    { length: 60 },
    (_, level) => `(component $c${level + 1}
      (alias outer 1 $c${level} (component $c))
      (instance (instantiate $c)) (instance (instantiate $c)))`,
  );
  const bytes = await parse(
    `(component (component $c0) ${doubling.join("\n")} (instance (instantiate $c60)))`,
  );
  expect(failure(bytes)).toMatchObject({ code: "unsupported" });
});

const sample = await dummyComponent(
  `package a:b@1.0.0;
   interface base { record item { n: u32 } resource thing { constructor(n: item); at: func(i: s64) -> option<item>; } }
   interface api { use base.{item, thing}; variant v { x(item), y } f: func(t: borrow<thing>, v: v) -> result<list<v>, string>; }
   world w { use base.{item}; import log: func(i: item); export api; export run: func() -> item; }`,
  "w",
);

test("a component that ends anywhere decodes, or fails with an error of the decoder", () => {
  const lengths = Array.from({ length: sample.length }, (_, length) => length);
  expect(lengths.filter((length) => crashes(sample.subarray(0, length)))).toEqual([]);
});

test("a component with any bytes changed decodes, or fails with an error of the decoder", () => {
  const change = fc.tuple(fc.nat(sample.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Uint8Array.from(sample);
      for (const [at, byte] of changes) bytes[at] = byte;
      expect(crashes(bytes)).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

/** Whether decoding fails with anything but the decoder's own error. */
function crashes(bytes: Uint8Array): boolean {
  try {
    worldOfComponent(bytes);
    return false;
  } catch (error) {
    return !(error instanceof ComponentDecodeError);
  }
}
