const ESCAPES: Readonly<Record<string, string>> = {
  BP: "*",
  C: ",",
  GT: ">",
  LP: "(",
  LT: "<",
  RF: "&",
  RP: ")",
  SP: "@",
};

/** The path that a Rust symbol stands for; any other name as it is. */
export function demangle(symbol: string): string {
  const body = /^_?_?ZN(?<parts>.+)E(?:\.llvm\..*)?$/.exec(symbol)?.groups?.["parts"];
  if (body === undefined) return symbol;
  const path: string[] = [];
  let rest = body;
  while (rest !== "") {
    const digits = /^\d+/.exec(rest)?.[0];
    if (digits === undefined) return symbol;
    const end = digits.length + Number(digits);
    if (end > rest.length) return symbol;
    path.push(plainPart(rest.slice(digits.length, end)));
    rest = rest.slice(end);
  }
  return path.join("::");
}

/** `_$LT$lib..Cart$u20$as$u20$Guest$GT$` → `<lib::Cart as Guest>` */
function plainPart(part: string): string {
  return part
    .replace(/^_\$/, "$")
    .replaceAll(/\$(?:u(?<code>[0-9a-f]+)|(?<name>[A-Z]+))\$/g, (whole, code?: string, name?: string) =>
      code === undefined ? (ESCAPES[name ?? ""] ?? whole) : String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll("..", "::");
}
