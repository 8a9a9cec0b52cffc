import type { Described } from "./describe-values.ts";

type Write = (text: string) => void;
type Level = "log" | "info" | "debug" | "warn" | "error";

/**
 * Makes `console` what its standard says: formats, counts, groups, tables, assertions, and errors with their stack and causes. What
 * the engine writes of an error is no text for people; a getter that throws would keep it in a loop for ever; and it would end
 * a text at its first NUL, for which `\x00` is written. Nothing that is logged throws, unless it has no end.
 *
 * Runs inside the component, before the program: it is put there as text, and may use nothing but its parameters.
 */
export function standardConsole(console: Record<string, unknown>, { inspect, report }: Described): void {
  const native = (level: Level): Write => (console[level] as Write).bind(console);
  const natives: Readonly<Record<Level, Write>> = {
    log: native("log"),
    info: native("info"),
    debug: native("debug"),
    warn: native("warn"),
    error: native("error"),
  };
  let indent = "";
  const counts = new Map<string, number>();

  const plain = (value: unknown): string => {
    if (typeof value === "string") return value;
    return report(value);
  };
  const numberOf = (value: unknown, parse: (text: string) => number): string => {
    if (typeof value === "symbol" || (typeof value === "object" && value !== null)) return "NaN";
    return typeof value === "bigint" ? `${value}n` : String(parse(String(value)));
  };
  const written: Readonly<Record<string, (value: unknown) => string>> = {
    s: plain,
    d: (value) => numberOf(value, (text) => Number.parseInt(text, 10)),
    i: (value) => numberOf(value, (text) => Number.parseInt(text, 10)),
    f: (value) => numberOf(value, (text) => Number.parseFloat(text)),
    o: inspect,
    O: inspect,
    j: inspect,
    c: () => "",
  };
  const format = ([first, ...rest]: readonly unknown[]): string => {
    if (typeof first !== "string" || rest.length === 0) return [first, ...rest].map(plain).join(" ");
    let next = 0;
    const text = first.replaceAll(/%([sdifoOjc%])/g, (specifier, kind: string) => {
      if (kind === "%") return "%";
      if (next === rest.length) return specifier;
      const value = rest[next];
      next += 1;
      return written[kind]?.(value) ?? specifier;
    });
    return [text, ...rest.slice(next).map(plain)].join(" ");
  };
  const print = (level: Level, text: string): void => {
    const exact = text.replaceAll("\0", String.raw`\x00`);
    natives[level](indent === "" ? exact : exact.replaceAll(/^/gm, indent));
  };
  const writing =
    (level: Level) =>
    (...values: readonly unknown[]): void =>
      print(level, values.length === 0 ? "" : format(values));
  const group = (...label: readonly unknown[]): void => {
    if (label.length > 0) print("log", format(label));
    indent += "  ";
  };

  const tableOf = (rows: object, columns: readonly unknown[] | undefined): string => {
    const cell = (value: unknown): string => (typeof value === "string" ? value : inspect(value));
    const read = (row: unknown, key: string): unknown =>
      Reflect.getOwnPropertyDescriptor(row as object, key)?.value as unknown;
    const isObject = (row: unknown): row is object => typeof row === "object" && row !== null;
    const keys = Object.keys(rows).slice(0, 1_000);
    const values = keys.map((key) => read(rows, key));
    const names = columns?.map(String) ?? [
      ...new Set(values.filter(isObject).flatMap((row) => Object.keys(row))),
    ];
    const hasPlain = values.some((row) => !isObject(row));
    const head = ["(index)", ...names, ...(hasPlain ? ["Values"] : [])];
    const body = values.map((row, index) => {
      const cells = names.map((name) =>
        isObject(row) && Object.hasOwn(row, name) ? cell(read(row, name)) : "",
      );
      const own = isObject(row) ? "" : cell(row);
      return [keys[index] ?? "", cells, hasPlain ? own : []].flat();
    });
    const widths = head.map((_, at) => Math.max(...[head, ...body].map((line) => (line[at] ?? "").length)));
    const line = (cells: readonly string[]): string =>
      `│ ${cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" │ ")} │`;
    const rule = (left: string, middle: string, right: string): string =>
      `${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}`;
    return [
      rule("┌", "┬", "┐"),
      line(head),
      rule("├", "┼", "┤"),
      ...body.map(line),
      rule("└", "┴", "┘"),
    ].join("\n");
  };

  Object.assign(console, {
    log: writing("log"),
    info: writing("info"),
    debug: writing("debug"),
    warn: writing("warn"),
    error: writing("error"),
    dir: (value: unknown) => print("log", inspect(value)),
    dirxml: writing("log"),
    assert(condition: unknown, ...data: readonly unknown[]) {
      if (condition === true || Boolean(condition)) return;
      const [first, ...rest] = data;
      if (typeof first === "string") print("error", format([`Assertion failed: ${first}`, ...rest]));
      else print("error", format(["Assertion failed", ...data]));
    },
    trace(...data: readonly unknown[]) {
      // Without this function itself.
      const stack = String(new Error("").stack).replace(/^.*\n/, "");
      print(
        "error",
        `Trace${data.length === 0 ? "" : `: ${format(data)}`}\n${stack.trimEnd().replaceAll(/^/gm, "  ")}`,
      );
    },
    group,
    groupCollapsed: group,
    groupEnd() {
      indent = indent.slice(2);
    },
    count(label: unknown = "default") {
      const name = plain(label);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      print("info", `${name}: ${count}`);
    },
    countReset(label: unknown = "default") {
      if (!counts.delete(plain(label))) print("warn", `Count for '${plain(label)}' does not exist`);
    },
    table(rows: unknown, columns?: readonly unknown[]) {
      if (typeof rows !== "object" || rows === null) return print("log", plain(rows));
      try {
        return print("log", tableOf(rows, Array.isArray(columns) ? columns : undefined));
      } catch {
        return print("log", inspect(rows));
      }
    },
  });
}
