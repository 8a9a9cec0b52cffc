type Callable = (...args: unknown[]) => unknown;

/** What calls a program back. */
interface Callers {
  readonly Promise: PromiseConstructor;
  setTimeout: Callable;
  setInterval: Callable;
  queueMicrotask: Callable;
}

/** What stands between the engine and a program. */
interface Guard {
  /** Makes of an exported function one that the engine calls. */
  guard(exported: (...args: unknown[]) => Promise<unknown>): Callable;
  /** Is told what a function has thrown that is going to be its `err`. */
  answering(thrown: unknown): void;
}

/**
 * Has whatever a program throws end the attempt with a full report, which the engine writes to standard error before it
 * stops: out of an exported function, and out of what a timer or a microtask calls back, of which the engine tells a part, or
 * nothing at all.
 *
 * Runs inside the component, before the program: it is put there as text, and may use nothing but its parameters.
 *
 * @param report what was thrown, in words; never fails
 * @param lookForLost tells of promises that nobody handles
 */
export function failAttempts(
  globals: Callers,
  report: (thrown: unknown) => string,
  lookForLost: () => Promise<void> | undefined,
): Guard {
  const { Promise } = globals;
  let fail: (thrown: unknown) => void = () => undefined;
  let answer: { readonly thrown: unknown } | undefined;

  const guarded =
    (callback: Callable): Callable =>
    (...args) => {
      try {
        return callback(...args);
      } catch (error) {
        fail(error);
        return undefined;
      } finally {
        void lookForLost();
      }
    };
  for (const name of ["setTimeout", "setInterval", "queueMicrotask"] as const) {
    const native = globals[name];
    const calling = {
      [name]: (callback: unknown, ...rest: unknown[]): unknown =>
        native(typeof callback === "function" ? guarded(callback as Callable) : callback, ...rest),
    };
    globals[name] = calling[name] as Callable;
  }

  return {
    guard:
      (exported) =>
      (...args) =>
        new Promise((resolve, reject) => {
          answer = undefined;
          // Of what is no error the engine writes the source.
          // oxlint-disable-next-line prefer-promise-reject-errors
          fail = (thrown) => reject({ toSource: () => report(thrown) });
          const running = exported(...args);
          const ended = (): Promise<unknown> => lookForLost()?.then(() => running) ?? running;
          running.then(ended, ended).then(resolve, (thrown: unknown) => {
            if (answer === undefined) return fail(thrown);
            // All that is done after that is to pass the answer on.
            const reason = "what was thrown is no `err` of the function's type, and no Error";
            return fail(
              new TypeError(`${reason}: ${report(thrown).split("\n", 1).join()}`, { cause: answer.thrown }),
            );
          });
        }),
    answering(thrown) {
      answer = { thrown };
    },
  };
}
