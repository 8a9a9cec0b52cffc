import type { Program, ProgramExport, ProgramImports, ReplayPlace, ReplayReport } from "@golem-kit/host";

import type { Answer, Ask, Outcome } from "./protocol.ts";

interface Call {
  readonly target: ProgramExport;
  readonly params: readonly unknown[];
  readonly done: PromiseWithResolvers<unknown>;
}

/** The program threw; in a component that would have been a trap. */
class ProgramError extends Error {
  override readonly name = "ProgramError" as const;
}

/**
 * Between a replay and a program in another thread: the replay calls the program's functions, the program calls the host's, and only
 * the program asks.
 */
export class Conversation implements Program {
  readonly #pauseAt: number | undefined;
  #hasPaused = false;
  #imports: ProgramImports | undefined;
  #place: ReplayPlace | undefined;
  #report: Promise<ReplayReport> | undefined;
  readonly #ended = Promise.withResolvers<Answer>();
  #next = Promise.withResolvers<Call>();
  #running: Call | undefined;

  /** @param pauseAt oplog index */
  constructor(pauseAt: number | undefined) {
    this.#pauseAt = pauseAt;
  }

  /** The program can be called now. */
  begin(imports: ProgramImports, place: ReplayPlace): Program {
    this.#imports = imports;
    this.#place = place;
    return this;
  }

  /** The replay is what ends it. */
  end(report: Promise<ReplayReport>): void {
    this.#report = report;
    report.then(
      (settled) => this.#ended.resolve({ type: "report", report: settled }),
      (error: unknown) => this.#ended.resolve({ type: "failed", message: messageOf(error) }),
    );
  }

  call(target: ProgramExport, params: readonly unknown[]): Promise<unknown> {
    const done = Promise.withResolvers<unknown>();
    this.#next.resolve({ target, params, done });
    return done.promise;
  }

  async answer(ask: Ask): Promise<Answer> {
    switch (ask.type) {
      case "import":
        return this.#import(ask);
      case "next":
        if (ask.outcome !== undefined) this.#settle(ask.outcome);
        return Promise.race([this.#nextCall(), this.#ended.promise]);
      case "end":
        return this.#ended.promise;
    }
  }

  async #import({ interfaceId, functionName, args }: Ask & { readonly type: "import" }): Promise<Answer> {
    try {
      const value = await this.#imports?.call(interfaceId, functionName, args);
      return { type: "value", value, ...this.#pause() };
    } catch (error) { if (process.env["SPIKE"]) (await import("node:fs")).writeSync(2, String((error as Error).stack) + "\n");
      // The replay ends with it, and says so in its report.
      return { type: "over" };
    }
  }

  async #nextCall(): Promise<Answer> {
    const call = await this.#next.promise;
    this.#next = Promise.withResolvers();
    this.#running = call;
    const { target, params } = call;
    return { type: "call", target, params, ...this.#pause() };
  }

  #settle(outcome: Outcome): void {
    const done = this.#running?.done;
    this.#running = undefined;
    if (outcome.type === "returned") done?.resolve(outcome.value);
    else done?.reject(new ProgramError(outcome.message));
  }

  /** The program pauses once, when the entry was taken. */
  #pause(): { readonly pauseAt?: number } {
    const pauseAt = this.#pauseAt;
    const next = this.#place?.next() ?? Number.POSITIVE_INFINITY;
    if (this.#hasPaused || pauseAt === undefined || next <= pauseAt) return {};
    this.#hasPaused = true;
    return { pauseAt };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
