/** A host call to be made: its name and its arguments. */
export type Step = readonly [name: string, ...args: never[]];

/** What a program can be told to do, by name. */
export type Steps = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Ends the program: it is not the answer of a step. */
export class Trap extends Error {
  override readonly name = "Trap" as const;
}

/** Runs steps one after the other; a step that fails is answered by what it threw, and the next one follows. */
export function runSteps(steps: readonly Step[], known: Steps): unknown[] {
  return steps.map(([name, ...args]) => {
    const step = known[name];
    if (step === undefined) throw new Error(`There is no step ${name}`);
    try {
      return step(...args) ?? null;
    } catch (failure) {
      if (failure instanceof Trap) throw failure;
      return { failed: described(failure) };
    }
  });
}

/**
 * Errors of WIT results are thrown with the error as their payload; some are resources with a `trace`. They are of another
 * realm than this program: `instanceof Error` does not know them.
 */
function described(failure: unknown): string {
  if (typeof failure !== "object" || failure === null) return String(failure);
  if ("payload" in failure) return described(failure.payload);
  if ("trace" in failure && typeof failure.trace === "function")
    return String(Reflect.apply(failure.trace, failure, []));
  if ("message" in failure) return String(failure.message);
  return JSON.stringify(failure);
}
