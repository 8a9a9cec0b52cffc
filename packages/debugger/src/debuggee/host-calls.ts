import type { Answer, Ask } from "../protocol.ts";

/** Who is told of the calls of a program. */
export interface CallListener {
  /** The call took an entry of the oplog. @param call `wasi:keyvalue/eventual.get` */
  taken(oplogIndex: number, call: string): void;
  /** The program is to pause when the call that it makes now returns. */
  pause(): void;
  /** The program may not go on. */
  over(call: string, args: readonly unknown[]): never;
  /** The program does something that cannot be replayed here. */
  cannot(reason: string): never;
}

/** The calls of a program, each answered before it goes on. */
export class HostCalls {
  readonly #ask: (ask: Ask) => Answer;
  readonly #listener: CallListener;

  constructor(ask: (ask: Ask) => Answer, listener: CallListener) {
    this.#ask = ask;
    this.#listener = listener;
  }

  /**
   * @param args as {@link lower} makes them
   * @returns what {@link lift} makes a value of
   */
  call(interfaceId: string, functionName: string, args: readonly unknown[]): unknown {
    const answer = this.#ask({ type: "import", interfaceId, functionName, args });
    const call = `${interfaceId}.${functionName}`;
    if (answer.type !== "value") return this.#listener.over(call, args);
    if (answer.taken !== undefined) this.#listener.taken(answer.taken, call);
    if (answer.pauses === true) this.#listener.pause();
    return answer.value;
  }

  /** Ends the replay: the program does something that only a component can. */
  cannot(reason: string): never {
    return this.#listener.cannot(reason);
  }
}
