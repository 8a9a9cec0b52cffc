/**
 * Puts signed 64-bit integers right in the bindings that componentize-js generates.
 *
 * The engine takes and gives core `i64` values as unsigned bigints, but the bindings treat those of an `s64` as signed: a
 * negative parameter of an export or result of an import arrives as 2^64 more, and a negative result of an export or
 * argument of an import traps. What goes through memory is right. So every flat value is made signed on its way in (a `u64`
 * is made unsigned again by the bindings themselves) and unsigned on its way out.
 *
 * @param exportArguments core types of each export's parameters by the name of its function, as in `export_api$get` → `i32,i64`
 */
export function mendSigned64(bindings: string, exportArguments: ReadonlyMap<string, string>): string {
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
