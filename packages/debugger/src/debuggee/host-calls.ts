import type { Answer, Ask } from "../protocol.ts";

/** The calls of a program, each answered before it goes on. */
export class HostCalls {
  readonly #ask: (ask: Ask) => Answer;
  readonly #onPause: (oplogIndex: number) => void;
  readonly #onOver: (call: string) => never;

  /**
   * @param onPause the program is to pause here
   * @param onOver the program may not go on; `call` is what it wanted
   */
  constructor(ask: (ask: Ask) => Answer, onPause: (oplogIndex: number) => void, onOver: (call: string) => never) {
    this.#ask = ask;
    this.#onPause = onPause;
    this.#onOver = onOver;
  }

  /**
   * @param args as {@link lower} makes them
   * @returns what {@link lift} makes a value of
   */
  call(interfaceId: string, functionName: string, args: readonly unknown[]): unknown {
    const answer = this.#ask({ type: "import", interfaceId, functionName, args });
    if (answer.type !== "value") return this.#onOver(`${interfaceId}.${functionName}`);
    if (answer.pauseAt !== undefined) this.#onPause(answer.pauseAt);
    return answer.value;
  }
}
