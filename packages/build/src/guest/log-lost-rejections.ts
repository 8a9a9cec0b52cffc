/** By which the build finds what the engine keeps of promises that were rejected, and nobody handles. */
export interface RejectionProbe {
  readonly begin: number;
  /** What the engine's own is like. */
  readonly like: Set<unknown>;
  /** Is in the engine's own. */
  readonly probe: Promise<unknown>;
  /** The engine's own, once the build has put it there. */
  readonly lost: unknown;
}

/**
 * Has promises that were rejected, and that nobody handles, written to standard error. The engine keeps a list of them, and
 * tells nobody.
 *
 * Runs inside the component, before the program: it is put there as text, and may use nothing but its parameters.
 *
 * @param report what was thrown, in words; never fails
 * @returns looks whether there are any; when there are, waits for some turns of other microtasks, in which they may be handled.
 *   Costs nothing when there are none
 */
export function logLostRejections(
  { probe, lost }: RejectionProbe,
  report: (thrown: unknown) => string,
  console: { error(text: string): void },
): () => Promise<void> | undefined {
  const TURNS = 64;
  const list = lost instanceof Set ? (lost as Set<Promise<unknown>>) : undefined;
  const then = Reflect.get(Promise.prototype, "then") as (
    ok: undefined,
    failed: (reason: unknown) => void,
  ) => void;
  const tell = async (rejected: Set<Promise<unknown>>): Promise<void> => {
    for (let turn = 0; turn < TURNS && rejected.size > 0; turn += 1) await Promise.resolve();
    for (const each of Array.from(rejected)) {
      // That handles it, which takes it from the list.
      then.call(each, undefined, (reason) =>
        console.error(`A promise was rejected, and nobody handled it: ${report(reason)}`),
      );
    }
    await Promise.resolve();
    await Promise.resolve();
  };
  then.call(probe, undefined, () => undefined);
  return () => (list === undefined || list.size === 0 ? undefined : tell(list));
}
