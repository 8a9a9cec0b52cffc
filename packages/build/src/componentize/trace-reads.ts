type Callable = (...args: readonly unknown[]) => unknown;

/** What of a program's globals reads the clock, draws random numbers, or asks the host. */
interface TracedGlobals {
  readonly AbortSignal: object;
  readonly Blob: typeof Blob;
  Date: DateConstructor;
  File: typeof File;
  readonly FormData: typeof FormData;
  readonly Math: object;
  Request: typeof Request;
  Response: typeof Response;
  readonly URL: object;
  readonly console: { error(line: string): void };
  readonly crypto: object;
}

/** A place where a program asked for something, as the engine tells it. */
export interface TracedRead {
  /** `Date`, `random`, or the import that was called: `wasi:clocks/wall-clock@0.2.0#now`. */
  readonly what: string;
  readonly stack: string;
}

/** Begins a line of output that tells a {@link TracedRead}, as JSON. */
const MARK = "golem-kit:read ";

/** Loading a program that asks for ever must not fill the output. */
const MOST_READS = 20;

/** Bindings that tell, before they do it, where a program asks for what it must not ask for while it is loaded. */
export function tracedBindings(bindings: string, imports: readonly string[]): string {
  const names = JSON.stringify(imports);
  return `(${traceReads.toString()})(contentGlobal, $bindings, ${names}, ${JSON.stringify(MARK)}, ${MOST_READS});\n${bindings}`;
}

/** The reads that output of a traced initialisation tells, in order. */
export function tracedReads(output: string): readonly TracedRead[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith(MARK))
    .map((line) => JSON.parse(line.slice(MARK.length)) as TracedRead);
}

/**
 * Replaces what reads the outer world by functions that tell so, and where. All forms of a read come through them: an alias, a
 * getter, `Reflect.apply`, a derived class.
 *
 * Runs inside the engine, in the realm of the bindings: it is put there as text, and may use nothing but its parameters.
 *
 * @param imports what the bindings import: first the memory and two functions for it
 */
function traceReads(
  globals: TracedGlobals,
  imports: Callable[],
  names: readonly string[],
  mark: string,
  most: number,
): void {
  const { Blob, Date: NativeDate, FormData } = globals;
  const print = globals.console.error.bind(globals.console);
  let count = 0;
  const tell = (what: string): void => {
    count += 1;
    if (count <= most) print(mark + JSON.stringify({ what, stack: String(new Error(what).stack) }));
  };

  /** @param reads whether a call with these arguments reads something */
  const watch = (
    owner: object,
    name: string,
    what: string,
    reads: (args: readonly unknown[], isNew: boolean) => boolean = () => true,
  ): void => {
    const native = Reflect.get(owner, name) as object;
    const watched = new Proxy(native, {
      apply(target, self, args: readonly unknown[]) {
        if (reads(args, false)) tell(what);
        return Reflect.apply(target as Callable, self, args);
      },
      construct(target, args: readonly unknown[], newTarget) {
        if (reads(args, true)) tell(what);
        return Reflect.construct(target as Callable, args, newTarget) as object;
      },
    });
    Reflect.set(owner, name, watched);
    const prototype: unknown = Reflect.get(native, "prototype");
    if (typeof prototype === "object" && prototype !== null) Reflect.set(prototype, "constructor", watched);
  };

  const isForm = (value: unknown): boolean => value instanceof FormData;
  const hasForm = ([first, second]: readonly unknown[]): boolean =>
    isForm(first) || isForm((second as { readonly body?: unknown } | undefined)?.body);
  const becomesFile = ([, value]: readonly unknown[]): boolean => value instanceof Blob;
  const isUndated = ([, , options]: readonly unknown[]): boolean =>
    (options as FilePropertyBag | undefined)?.lastModified === undefined;

  watch(NativeDate, "now", "Date");
  // As a function it tells the time, whatever its arguments are.
  watch(globals, "Date", "Date", (args, isNew) => !isNew || args.length === 0);
  watch(globals, "File", "Date", isUndated);
  watch(FormData.prototype, "append", "Date", becomesFile);
  watch(FormData.prototype, "set", "Date", becomesFile);
  watch(globals.Math, "random", "random");
  const crypto = Object.getPrototypeOf(globals.crypto) as object;
  for (const name of ["getRandomValues", "randomUUID"]) watch(crypto, name, "random");
  watch(globals.URL, "createObjectURL", "random");
  watch(globals, "Request", "random", hasForm);
  watch(globals, "Response", "random", hasForm);
  watch(globals.AbortSignal, "timeout", "wasi:clocks/monotonic-clock#subscribe-instant");

  const first = imports.length - names.length;
  for (const [index, what] of names.entries()) {
    imports[first + index] = () => {
      tell(what);
      throw new Error(`there is no host while a component is built: ${what}`);
    };
  }
}
