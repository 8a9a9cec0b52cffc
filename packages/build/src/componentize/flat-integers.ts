/**
 * Puts integers right in the bindings that componentize-js generates. What goes through memory is right without that.
 *
 * Signed 64-bit ones: the engine takes and gives core `i64` values as unsigned bigints, but the bindings treat those of an
 * `s64` as signed: a negative parameter of an export or result of an import arrives as 2^64 more, and a negative result of
 * an export or argument of an import traps. So every flat value is made signed on its way in (a `u64` is made unsigned again
 * by the bindings themselves) and unsigned on its way out.
 *
 * Unsigned 32-bit ones: the engine takes core `i32` values from numbers that it keeps as integers, which are signed, and
 * takes something else for a `u32` from 2^31 on. So it is given the signed number that has the same bits.
 *
 * What shares its place in a variant with an integer of 64 bits: the bits of a float are taken for a signed integer, and traps
 * if its sign is set, and so does a smaller integer that is negative. Upper bits of a smaller one do not count: jco wants those
 * of the sign.
 *
 * @param exportArguments core types of each export's parameters by the name of its function, as in `export_api$get` → `i32,i64`
 */
export function mendFlatIntegers(bindings: string, exportArguments: ReadonlyMap<string, string>): string {
  return mendSigned64(mendShared64(mendUnsigned32(bindings)), exportArguments);
}

function mendUnsigned32(bindings: string): string {
  return bindings.replace(/(function toUint32\(val\) \{[^}]*return val )>>> 0;/, "$1| 0;");
}

function mendShared64(bindings: string): string {
  return bindings
    .replace(/^(const f64ToI64 = [^\n]*, )(i64ToF64I\[0\])\);$/m, "$1BigInt.asUintN(64, $2));")
    .replaceAll(
      /= BigInt\((?:BigInt\()?((?:f32ToI32|to(?:Int|Uint)(?:8|16|32))\(\+?\w+\))\)+;$/gm,
      "= BigInt.asUintN(64, BigInt($1));",
    )
    .replaceAll(/\bNumber\((arg\d+)\)/g, "Number(BigInt.asIntN(32, $1))");
}

function mendSigned64(bindings: string, exportArguments: ReadonlyMap<string, string>): string {
  const mended = bindings
    .replace(/(function toInt64\(val\) \{[^}]*BigInt\.)asIntN\(/, "$1asUintN(")
    .replace(/^(\s*ret = )(\$import_[^\n]*\));$/gm, "$1$signed64($2);")
    .replace(/^async function (export_\S+)\(([^)]*)\) \{$/gm, (line, name: string, params: string) => {
      const types = exportArguments.get(name)?.replace(/^\*/, "").split(",") ?? [];
      const names = params.split(", ").filter((_, index) => types[index] === "i64");
      return [line, ...names.map((param) => `  ${param} = $signed64(${param});`)].join("\n");
    });
  if (mended === bindings) return bindings;
  return `${mended}\nfunction $signed64(value) {\n  return typeof value === 'bigint' ? BigInt.asIntN(64, value) : value;\n}\n`;
}
