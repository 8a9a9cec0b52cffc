import { once } from "node:events";

/** A message of Chrome's debugging protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly url: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
  readonly scopeChain: readonly { readonly type: string; readonly object: { readonly objectId: string } }[];
}

export interface Paused {
  readonly reason: string;
  readonly callFrames: readonly CallFrame[];
  readonly hitBreakpoints?: readonly string[];
}

export interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
}

/** A debugger: what an editor does, by the same protocol. */
export class DebugClient implements Disposable {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  readonly #paused: Paused[] = [];
  readonly #waiting: PromiseWithResolvers<Paused>[] = [];
  readonly scripts: Script[] = [];
  #next = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Message));
    socket.addEventListener("close", () => {
      const gone = new Error("The debuggee has ended");
      for (const waiting of [...this.#answers.values(), ...this.#waiting.splice(0)]) waiting.reject(gone);
    });
  }

  static async connect(url: string): Promise<DebugClient> {
    const socket = new WebSocket(url);
    await once(socket, "open");
    return new DebugClient(socket);
  }

  send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = this.#next;
    this.#next += 1;
    const answer = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    this.#answers.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answer.promise;
  }

  /** The next pause, or one that nobody has asked for yet. */
  paused(): Promise<Paused> {
    const paused = this.#paused.shift();
    if (paused !== undefined) return Promise.resolve(paused);
    const waiting = Promise.withResolvers<Paused>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #take({ id, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (error === undefined) answer?.resolve(result ?? {});
      else answer?.reject(new Error(error.message));
    } else if (method === "Debugger.paused") {
      const paused = params as unknown as Paused;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#paused.push(paused);
      else waiting.resolve(paused);
    } else if (method === "Debugger.scriptParsed") this.scripts.push(params as unknown as Script);
  }
}
