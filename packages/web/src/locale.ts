import { define } from "./define.ts";

/** Languages whose capital letters are others. */
const OWN_CASES = /^(az|el|lt|tr)\b/i;

/**
 * Lets methods that take a language refuse it: the engine knows none, and would answer as if none were given. Without one they
 * answer as they did.
 */
function refuseLocales(): void {
  refuse(Number.prototype, "toLocaleString", 0);
  refuse(BigInt.prototype, "toLocaleString", 0);
  refuse(Array.prototype, "toLocaleString", 0);
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"])
    refuse(Date.prototype, name, 0);
  refuse(String.prototype, "localeCompare", 1);
  for (const name of ["toLocaleUpperCase", "toLocaleLowerCase"]) {
    refuse(String.prototype, name, 0, (locales) =>
      [locales].flat().some((each) => OWN_CASES.test(String(each))),
    );
  }
}

/** @param first which argument says the language; its options follow */
function refuse(
  prototype: object,
  name: string,
  first: number,
  isRefused: (locales: unknown, options: unknown) => boolean = (locales, options) =>
    locales !== undefined || options !== undefined,
): void {
  const native = Reflect.get(prototype, name) as (...args: readonly unknown[]) => unknown;
  define(prototype, {
    [name](this: unknown, ...args: readonly unknown[]): unknown {
      const [locales, options] = args.slice(first);
      const digits = wholeDigits(this, locales, options);
      if (digits !== undefined) return digits;
      if (isRefused(locales, options)) {
        throw new TypeError(
          `${name} knows no language here: it was asked for ${JSON.stringify([locales, options])}. Format with a package that brings its own languages, such as date-fns or dayjs.`,
        );
      }
      return Reflect.apply(native, this, args);
    },
  });
}

/** Of a whole number all digits, without groups: what `n.toLocaleString("fullwide", { useGrouping: false })` is written for. */
function wholeDigits(value: unknown, locales: unknown, options: unknown): string | undefined {
  const number: unknown = Object(value).valueOf();
  if (typeof number !== "bigint" && !(typeof number === "number" && Number.isInteger(number)))
    return undefined;
  if (typeof options !== "object" || options === null || !/^(?:fullwide|en)\b/.test(String(locales)))
    return undefined;
  const [[name, grouping] = [], ...others] = Object.entries(options);
  const isPlain = name === "useGrouping" && !grouping && others.length === 0;
  return isPlain ? BigInt(number).toString() : undefined;
}

refuseLocales();
