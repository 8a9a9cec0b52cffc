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
  readonly location: {
    readonly scriptId: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly scopeChain: readonly { readonly type: string; readonly object: { readonly objectId: string } }[];
}

export interface Paused {
  readonly reason: string;
  readonly callFrames: readonly CallFrame[];
  readonly hitBreakpoints?: readonly string[];
}

/** A debugger: what an editor does, by the same protocol. */
export class DebugClient implements Disposable {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  readonly #paused: Paused[] = [];
  readonly #waiting: PromiseWithResolvers<Paused>[] = [];
  #next = 1;

  /** Resolves when the debuggee is gone. */
  readonly closed: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Message));
    const closed = Promise.withResolvers<void>();
    this.closed = closed.promise;
    socket.addEventListener("close", () => {
      closed.resolve();
      this.#gone([...this.#answers.values(), ...this.#waiting.splice(0)]);
    });
  }

  /** Attaches to a debuggee that waits for it, and asks to be told of pauses. */
  static async connect(url: string): Promise<DebugClient> {
    const socket = new WebSocket(url);
    await once(socket, "open");
    const client = new DebugClient(socket);
    await client.send("Runtime.enable");
    await client.send("Debugger.enable");
    return client;
  }

  /** Lets a debuggee go on that has waited for a debugger. */
  async start(): Promise<void> {
    await this.send("Runtime.runIfWaitingForDebugger");
  }

  /** Does one step, or goes on: `stepOver`, `resume`. Resolves with the next pause. */
  async goOn(how: "stepOver" | "resume"): Promise<Paused> {
    await this.send(`Debugger.${how}`);
    return this.paused();
  }

  /** The local variables of a frame, as they are shown. */
  async variables({ scopeChain }: CallFrame): Promise<Readonly<Record<string, unknown>>> {
    const found: Record<string, unknown> = {};
    for (const { type, object } of scopeChain) {
      if (type !== "local" && type !== "block" && type !== "closure") continue;
      const { result } = await this.send("Runtime.getProperties", {
        objectId: object.objectId,
        ownProperties: true,
      });
      for (const { name, value } of result as readonly {
        name: string;
        value?: { value?: unknown; description?: string };
      }[])
        found[name] ??= value?.value ?? value?.description;
    }
    return found;
  }

  /** Evaluates an expression in a frame. */
  async evaluate({ callFrameId }: CallFrame, expression: string): Promise<unknown> {
    const { result } = await this.send("Debugger.evaluateOnCallFrame", {
      callFrameId,
      expression,
      returnByValue: true,
    });
    return (result as { readonly value?: unknown }).value;
  }

  send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
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
    } else if (method === "Runtime.executionContextDestroyed") {
      // It waits until nobody is attached any more.
      this.#gone(this.#waiting.splice(0));
    }
  }

  #gone(waiting: readonly Pick<PromiseWithResolvers<never>, "reject">[]): void {
    for (const each of waiting) each.reject(new Error("The debuggee has ended"));
  }
}
