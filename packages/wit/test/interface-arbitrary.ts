import * as fc from "fast-check";

const primitives = ["bool", "s8", "u16", "u32", "s64", "u64", "f32", "f64", "char", "string"];

/** The expression of a type that may refer to `t0` … `t<known - 1>`. */
function typeText(known: number): fc.Arbitrary<string> {
  const leaves = [...primitives, ...Array.from({ length: known }, (_, index) => `t${index}`)];
  const { type } = fc.letrec<{ type: string }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...leaves),
      tie("type").map((element) => `list<${element}>`),
      tie("type").map((some) => `option<${some}>`),
      fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((items) => `tuple<${items.join(", ")}>`),
      fc.tuple(tie("type"), tie("type")).map(([ok, err]) => `result<${ok}, ${err}>`),
      tie("type").map((err) => `result<_, ${err}>`),
      fc.constant("result"),
    ),
  }));
  return type;
}

function labels(prefix: string): fc.Arbitrary<string[]> {
  return fc
    .integer({ min: 1, max: 5 })
    .map((count) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`));
}

/** Declares `t<index>`: any kind of type, made of those before it. */
function declarationText(index: number): fc.Arbitrary<string> {
  const type = typeText(index);
  const members = fc.array(type, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    type.map((aliased) => `type t${index} = ${aliased};`),
    members.map((types) => `record t${index} { ${types.map((each, i) => `f-${i}: ${each}`).join(", ")} }`),
    members.map(
      (types) => `variant t${index} { none, ${types.map((each, i) => `c-${i}(${each})`).join(", ")} }`,
    ),
    labels("e").map((names) => `enum t${index} { ${names.join(", ")} }`),
    labels("x").map((names) => `flags t${index} { ${names.join(", ")} }`),
    fc
      .tuple(type, type)
      .map(
        ([given, got]) =>
          `resource t${index} { constructor(a: ${given}); m: func(b: borrow<t${index}>) -> ${got}; }`,
      ),
  );
}

/** The body of an interface: types `t0`, `t1`, … of every kind, and a function that uses them. */
export const interfaceText: fc.Arbitrary<string> = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc
    .tuple(
      fc.tuple(...Array.from({ length: count }, (_, index) => declarationText(index))),
      fc.array(typeText(count), { maxLength: 4 }),
      typeText(count),
    )
    .map(([declarations, params, result]) => {
      const list = params.map((each, index) => `p${index}: ${each}`).join(", ");
      return `${declarations.join("\n")}\nuse-all: func(${list}) -> ${result};`;
    }),
);
