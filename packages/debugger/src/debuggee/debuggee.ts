import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { ReplayReport } from "@golem-kit/host";
import type { WitWorld } from "@golem-kit/wit";

import { EXIT } from "../exit-codes.ts";
import type { Job } from "../job.ts";
import { Link } from "../link.ts";
import type { Answer, Outcome } from "../protocol.ts";
import { Bindings } from "./bindings.ts";
import { installEngineGlobals } from "./engine-globals.ts";
import { EngineLoop } from "./engine-loop.ts";
import { GuestExports } from "./guest-exports.ts";
import { type CallListener, HostCalls } from "./host-calls.ts";
import { nodeWorkDone } from "./node-work.ts";
import { waitForAttached } from "./open-inspector.ts";
import { Pauses } from "./pauses.ts";
import { loadProgram } from "./program-module.ts";
import { ProgramSources } from "./program-sources.ts";
import { describeCall, Reporter, short } from "./reporter.ts";

/** One replay of a program in this thread, which has nothing else to do. */
export class Debuggee implements CallListener {
  readonly #job: Job;
  readonly #world: WitWorld;
  readonly #process: NodeJS.Process;
  readonly #link: Link;
  readonly #sources: ProgramSources;
  readonly #url: string;
  readonly #reporter: Reporter;
  #pauses: Pauses | undefined;

  /** @param process of Node: the program's globals have none */
  constructor(job: Job, world: WitWorld, process: NodeJS.Process) {
    const { path, mapPath } = job.program;
    this.#job = job;
    this.#world = world;
    this.#process = process;
    this.#url = pathToFileURL(path).href;
    this.#sources = new ProgramSources(readFileSync(mapPath, "utf8"), mapPath, this.#url);
    this.#reporter = new Reporter((text) => process.stdout.write(text), this.#sources);
    this.#link = new Link(job);
  }

  /** Replays all that there is, and ends the process. */
  async run(): Promise<never> {
    const { port, program } = this.#job;
    if (port !== undefined) {
      const isAttached = waitForAttached(port, (address) => this.#reporter.waits(address));
      if (!isAttached) return this.#process.exit(EXIT.portInUse);
      this.#pauses = new Pauses(this.#sources, this.#url);
    }
    const host = new HostCalls((ask) => this.#link.ask(ask), this);
    const loop = new EngineLoop(host, () => nodeWorkDone(this.#process));
    installEngineGlobals(host, loop);
    const bindings = new Bindings(this.#world, host);
    const loaded = await loadProgram(program, this.#sources, bindings);
    const exports = new GuestExports(this.#world, loaded, bindings);
    let outcome: Outcome | undefined;
    for (;;) {
      const answer = this.#link.ask({ type: "next", ...(outcome && { outcome }) });
      if (answer.type !== "call") return this.#end(answer, outcome);
      outcome = await this.#invoke(exports, loop, answer);
    }
  }

  taken(oplogIndex: number, call: string): void {
    this.#reporter.hostCall(oplogIndex, call);
  }

  pause(): void {
    this.#pauses?.soon();
  }

  over(call: string, args: readonly unknown[]): never {
    const answer = this.#link.ask({ type: "end" });
    this.#tell(
      answer,
      `The program wants to call ${describeCall(call, args)}${this.#here()}; nothing is done.`,
    );
  }

  cannot(reason: string): never {
    const text = this.#reporter.located(`${reason}\nThe program does it${this.#here()}.`);
    this.#pauses?.now(text);
    return this.#exit(text);
  }

  /** Where the program is, in the component's own files. */
  #here(): string {
    const [place] = this.#sources.ownFrames(new Error("here").stack ?? "");
    return place === undefined ? "" : ` at ${this.#url}:${place.line}:${place.column}`;
  }

  async #invoke(
    exports: GuestExports,
    loop: EngineLoop,
    { target, params, taken = 0, pauses }: Answer & { readonly type: "call" },
  ): Promise<Outcome> {
    this.#reporter.invocation(taken, target.functionName, params);
    if (pauses === true) this.#pauses?.soon();
    try {
      const value = await exports.call(target, params, (promise) => loop.run(promise));
      return { type: "returned", value };
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { type: "trapped", message: this.#reporter.located(stack) };
    }
  }

  #end(answer: Answer, outcome: Outcome | undefined): never {
    const isBeyond = answer.type === "report" && answer.isBeyond;
    if (!isBeyond || outcome === undefined)
      return this.#tell(answer, "The worker waits for its next invocation.", isDifferent(answer));
    const next =
      outcome.type === "trapped"
        ? `Then the program fails:\n${outcome.message}`
        : `Then the invocation returns ${short(outcome.value)}, which is not recorded.`;
    return this.#tell(answer, next);
  }

  /** @param pauses there is something to be seen */
  #tell(answer: Answer, next: string, pauses = true): never {
    if (answer.type === "failed") this.#exit(answer.message);
    const { report } = answer as { readonly report: ReplayReport };
    const text = this.#reporter.end(report, next);
    this.#reporter.line(text);
    if (pauses) this.#pauses?.now(text);
    return this.#process.exit(report.replays ? 0 : EXIT.differs);
  }

  #exit(message: string): never {
    this.#process.stderr.write(`${message}\n`);
    return this.#process.exit(EXIT.impossible);
  }
}

function isDifferent(answer: Answer): boolean {
  return answer.type === "report" && !answer.report.replays;
}
