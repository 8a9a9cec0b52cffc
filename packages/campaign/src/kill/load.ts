import { UserError } from "@golem-kit/cli";
import type { ProgramServer } from "../program-server.ts";
import { type Call, numberedCall } from "./call.ts";

/** How many calls are under way at a time. */
const CLIENTS = 16;

/** Calls without end, and what was answered to them. What was sent to a server that died is sent to the next again. */
export class Load {
  /** Every call that was ever sent. */
  readonly sent: Call[] = [];
  readonly answers = new Map<Call, unknown>();
  /** When each call was sent first, and when it was answered, in milliseconds since the epoch. */
  readonly times = new Map<Call, { readonly sent: number; answered?: number }>();
  /** What a server said that it should not have said. */
  readonly failures: string[] = [];
  #unanswered: Call[] = [];
  #answerCount = 0;
  #awaited: { readonly isReached: () => boolean; readonly tell: () => void } | undefined;

  /** A load that was cut off: these calls were sent, and to some of them there were answers. */
  static cutOff(sent: readonly Call[], answers: ReadonlyMap<Call, unknown>): Load {
    const load = new Load();
    load.sent.push(...sent);
    for (const [call, answer] of answers) load.answers.set(call, answer);
    load.#unanswered = sent.filter((call) => !answers.has(call));
    return load;
  }

  /**
   * Sends calls until the signal, at which the server is to die: first those that its predecessor left unanswered.
   */
  async run(server: ProgramServer, signal: AbortSignal): Promise<void> {
    await this.#send(server, () => (signal.aborted ? undefined : this.#next()));
  }

  /** Resolves with the answer that makes so many from now on. */
  answered(count: number): Promise<void> {
    const goal = this.#answerCount + count;
    return this.#until(() => this.#answerCount >= goal);
  }

  /** Resolves when a server has failed at so many calls. */
  failed(count: number): Promise<void> {
    return this.#until(() => this.failures.length >= count);
  }

  #until(isReached: () => boolean): Promise<void> {
    return new Promise((tell) => (this.#awaited = { isReached, tell }));
  }

  /** How many calls have no answer. */
  get unanswered(): number {
    return this.#unanswered.length;
  }

  /** Sends what has no answer yet. */
  async finish(server: ProgramServer): Promise<void> {
    await this.#send(server, () => this.#unanswered.shift());
  }

  async #send(server: ProgramServer, next: () => Call | undefined): Promise<void> {
    const lost: Call[] = [];
    const client = async (): Promise<void> => {
      for (let call = next(); call !== undefined; call = next()) {
        try {
          const time = this.times.get(call) ?? { sent: Date.now() };
          this.times.set(call, time);
          this.answers.set(call, await call.send(server));
          time.answered ??= Date.now();
          this.#answerCount += 1;
        } catch (error) {
          lost.push(call);
          // The server is not there any more: the others notice it too.
          if (error instanceof UserError || isCutOff(error)) break;
          this.failures.push(`${call.kind} (${call.key}): ${String(error)}`);
        }
        if (this.#awaited?.isReached() === true) this.#awaited.tell();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    this.#unanswered = [...lost, ...this.#unanswered];
  }

  #next(): Call {
    const again = this.#unanswered.shift();
    if (again !== undefined) return again;
    const call = numberedCall(this.sent.length);
    this.sent.push(call);
    return call;
  }
}

/** `fetch` fails with a `TypeError` when an answer ends in the middle. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof SyntaxError && error.message.includes("JSON"));
}
