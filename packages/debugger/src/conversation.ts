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

/** What adapts the engine to WASI does before it writes for the first time. */
const FIRST_WRITE = {
  interfaceId: "wasi:filesystem/preopens",
  functionName: "get-directories",
  recordedName: "cli::preopens::get_directories",
} as const;

/**
 * Between a replay and a program in another thread: the replay calls the program's functions, the program calls the host's, and only
 * the program asks.
 */
export class Conversation implements Program {
  readonly #pauseAt: number | undefined;
  #hasPaused = false;
  #taken = 1;
  /** What was taken when the last outcome was told. */
  #settledAt: number | undefined;
  #imports: ProgramImports | undefined;
  #place: ReplayPlace | undefined;
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
    report.then(
      (settled) => {
        const isBeyond = this.#place?.last === this.#settledAt;
        this.#ended.resolve({ type: "report", report: settled, isBeyond });
      },
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
        if (ask.outcome !== undefined) await this.#settle(ask.outcome);
        return Promise.race([this.#nextCall(), this.#ended.promise]);
      case "end":
        return this.#ended.promise;
    }
  }

  async #import({ interfaceId, functionName, args }: Ask & { readonly type: "import" }): Promise<Answer> {
    try {
      const value = await this.#imports?.call(interfaceId, functionName, args);
      return { type: "value", value, ...this.#takenSince() };
    } catch {
      // The replay ends with it, and says so in its report.
      return { type: "over" };
    }
  }

  async #nextCall(): Promise<Answer> {
    const call = await this.#next.promise;
    this.#next = Promise.withResolvers();
    this.#running = call;
    const { target, params } = call;
    return { type: "call", target, params, ...this.#takenSince() };
  }

  async #settle(outcome: Outcome): Promise<void> {
    if (outcome.type === "trapped") await this.#writeError();
    this.#settledAt = this.#place?.last;
    const done = this.#running?.done;
    this.#running = undefined;
    if (outcome.type === "returned") done?.resolve(outcome.value);
    else done?.reject(new ProgramError(outcome.message));
  }

  /** The engine of a component writes why it fails; the first time that it writes, that is recorded. */
  async #writeError(): Promise<void> {
    if (this.#place?.nextCall !== FIRST_WRITE.recordedName) return;
    await this.#imports?.call(FIRST_WRITE.interfaceId, FIRST_WRITE.functionName, []);
  }

  #takenSince(): Pick<Answer & { readonly type: "value" }, "taken" | "pauses"> {
    const taken = this.#place?.last ?? 1;
    if (taken === this.#taken) return {};
    this.#taken = taken;
    if (this.#hasPaused || this.#pauseAt === undefined || taken < this.#pauseAt) return { taken };
    this.#hasPaused = true;
    return { taken, pauses: true };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
