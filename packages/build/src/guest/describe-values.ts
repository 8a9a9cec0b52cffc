/** Values as a person reads them. */
export interface Described {
  /** A value on one line, errors with their stack and causes on many; a text inside an object is quoted. */
  readonly inspect: (value: unknown) => string;
  /** What was thrown: name, message, stack, causes, and the parts of an `AggregateError`. */
  readonly report: (thrown: unknown) => string;
}

/**
 * Describes values in words, whatever they are: no getter is called but those of errors, no proxy and no circle is followed
 * for ever, and nothing is thrown. Objects are shown 4 deep, 100 members each, 1000 altogether.
 *
 * Runs inside the component: it is put there as text, and may use nothing from outside itself.
 */
export function describeValues(): Described {
  const DEEPEST = 4;
  const MOST_MEMBERS = 100;
  const MOST_ALTOGETHER = 1_000;
  const BINDINGS = "@/bindings/initializer.js:";
  const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { stringify } = JSON;
  /** @param otherwise what stands for a value whose reading throws */
  const attempt = <T, O>(read: () => T, otherwise: O): T | O => {
    try {
      return read();
    } catch {
      return otherwise;
    }
  };
  const isError = (value: unknown): value is object =>
    Error.isError(value) ||
    attempt(() => typeof DOMException === "function" && value instanceof DOMException, false);
  const get = (of: object, name: string): unknown =>
    attempt(() => Reflect.get(of, name) as unknown, undefined);

  const headOf = (error: object): string => {
    const read = (member: string): string =>
      attempt(() => String(Reflect.get(error, member) ?? ""), `[unreadable ${member}]`);
    const [name, message] = [read("name"), read("message")] as const;
    if (name === "Error" || name === "") return message === "" ? "Error" : message;
    return message === "" ? name : `${name}: ${message}`;
  };
  const stackOf = (error: object): string => {
    const stack = get(error, "stack");
    if (typeof stack !== "string" || stack.trim() === "") return "";
    const frames = stack.trimEnd().split("\n");
    // What called the program is no part of it.
    while (frames.length > 1 && frames.at(-1)?.includes(BINDINGS) === true) frames.pop();
    return `\nStack:\n${frames.map((frame) => `  ${frame}`).join("\n")}`;
  };
  const partsOf = (error: object): readonly unknown[] => {
    const errors = get(error, "errors");
    return attempt(() => (Array.isArray(errors) ? errors.slice(0, MOST_MEMBERS) : []), []);
  };
  const reportError = (error: object, told: Set<unknown>): string => {
    told.add(error);
    const inner = (title: string, value: unknown): string => {
      if (told.has(value)) return `\n\n${title}: [circular]`;
      const isDeep = told.size >= MOST_MEMBERS;
      return `\n\n${title}: ${isDeep ? "…" : isError(value) ? reportError(value, told) : inspect(value)}`;
    };
    const cause = get(error, "cause");
    return [
      headOf(error),
      stackOf(error),
      ...(cause === undefined ? [] : [inner("Caused by", cause)]),
      ...partsOf(error).map((part, index) => inner(`Part ${index + 1}`, part)),
    ].join("");
  };

  const nameOf = (value: object): string => {
    const prototype = attempt(() => getPrototypeOf(value), null);
    if (prototype === null) return "[Object: null prototype]";
    const made = attempt(
      () => getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown,
      undefined,
    );
    const name =
      typeof made === "function"
        ? attempt(() => getOwnPropertyDescriptor(made, "name")?.value as unknown, "")
        : "";
    return typeof name === "string" && name !== "Object" && name !== "Array" ? name : "";
  };
  const functionText = (value: object): string => {
    const name = attempt(() => getOwnPropertyDescriptor(value, "name")?.value as unknown, "");
    return typeof name === "string" && name !== "" ? `[function ${name}]` : "[function]";
  };

  const shown = (value: unknown, around: readonly object[], budget: { left: number }): string => {
    budget.left -= 1;
    if (typeof value === "string") return stringify(value);
    if (typeof value === "bigint") return `${value}n`;
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "function") return functionText(value);
    if (typeof value !== "object" || value === null) return String(value);
    if (around.includes(value)) return "[circular]";
    if (isError(value)) return around.length === 0 ? reportError(value, new Set()) : `[${headOf(value)}]`;
    return attempt(() => shownObject(value, around, budget), "[unreadable object]");
  };
  const shownObject = (value: object, around: readonly object[], budget: { left: number }): string => {
    const name = nameOf(value);
    const inside = [...around, value];
    const each = (one: unknown): string => shown(one, inside, budget);
    const title = name === "" ? "" : `${name} `;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof URL) return `URL ${stringify(value.href)}`;
    if (inside.length > DEEPEST || budget.left <= 0) return Array.isArray(value) ? "[…]" : `${title}{…}`;
    const list = (items: Iterable<unknown>, size: number, text: (item: unknown) => string): string[] => {
      const texts: string[] = [];
      for (const item of items) {
        if (texts.length === MOST_MEMBERS || budget.left <= 0) {
          texts.push(`… ${size - texts.length} more`);
          break;
        }
        texts.push(text(item));
      }
      return texts;
    };
    const square = (texts: readonly string[]): string => `${title}[${texts.join(", ")}]`;
    const curly = (texts: readonly string[], size = ""): string =>
      `${size === "" ? title : `${title.trim()}${size} `}${texts.length === 0 ? "{}" : `{ ${texts.join(", ")} }`}`;
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const numbers = value as unknown as Uint8Array;
      return square(list(numbers, numbers.length, each));
    }
    if (value instanceof Map) {
      const pair = (item: unknown): string => (item as readonly unknown[]).map(each).join(" => ");
      return curly(list(value.entries(), value.size, pair), `(${value.size})`);
    }
    if (value instanceof Set) return curly(list(value.values(), value.size, each), `(${value.size})`);
    const member = (key: PropertyKey): string => {
      const { get: getter, set: setter, value: held } = getOwnPropertyDescriptor(value, key) ?? {};
      return getter !== undefined || setter !== undefined ? "[getter]" : each(held);
    };
    if (Array.isArray(value)) return square(list(value.keys(), value.length, (at) => member(String(at))));
    const keys = ownKeys(value).filter((key) => getOwnPropertyDescriptor(value, key)?.enumerable === true);
    const named = (key: unknown): string => {
      const isPlain = typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key);
      const label = typeof key === "symbol" ? `[${String(key)}]` : isPlain ? key : stringify(key);
      return `${label}: ${member(key as PropertyKey)}`;
    };
    return curly(list(keys, keys.length, named));
  };

  const inspect = (value: unknown): string => shown(value, [], { left: MOST_ALTOGETHER });
  return {
    inspect,
    report: (thrown) => (isError(thrown) ? reportError(thrown, new Set()) : inspect(thrown)),
  };
}
