import { setImmediate } from "node:timers";

/**
 * Resolves when Node has nothing left to do for a program: promises have run, and so has what Node does outside of this thread
 * while the engine of a component does it at once, such as cryptography and compression. The program's next call of the host is to
 * come after it, as it did in the component.
 *
 * @param process of Node: it would end now, if nobody waited for this
 */
export function nodeWorkDone(process: NodeJS.Process): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // The process goes on with what is begun there.
  process.once("beforeExit", () => void setImmediate(resolve));
  return promise;
}
