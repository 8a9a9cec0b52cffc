import type { WitWorld } from "@golem-kit/wit";

import type { Job } from "../job.ts";
import { Link } from "../link.ts";
import type { Outcome } from "../protocol.ts";
import { Bindings } from "./bindings.ts";
import { installEngineGlobals } from "./engine-globals.ts";
import { EngineLoop } from "./engine-loop.ts";
import { GuestExports } from "./guest-exports.ts";
import { HostCalls } from "./host-calls.ts";
import { NodeWork } from "./node-work.ts";
import { loadProgram } from "./program-module.ts";

/** One replay of a program in this thread. */
export class Debuggee {
  readonly #job: Job;
  readonly #world: WitWorld;
  readonly #process: NodeJS.Process;
  readonly #link: Link;

  constructor(job: Job, world: WitWorld, process: NodeJS.Process) {
    this.#job = job;
    this.#world = world;
    this.#process = process;
    this.#link = new Link(job);
  }

  async run(): Promise<void> {
    const host = new HostCalls(
      (ask) => this.#link.ask(ask),
      () => {
        debugger;
      },
      (call) => this.#over(call),
    );
    const work = new NodeWork(() => this.#process.getActiveResourcesInfo());
    const loop = new EngineLoop(host, work.settled);
    installEngineGlobals(host, loop, work);
    const bindings = new Bindings(this.#world, host);
    const program = await loadProgram(this.#job.program, bindings);
    const exports = new GuestExports(this.#world, program, bindings);
    let outcome: Outcome | undefined;
    for (;;) {
      const answer = this.#link.ask({ type: "next", ...(outcome && { outcome }) });
      if (answer.type !== "call") {
        console.log(answer);
        this.#process.exit(0);
      }
      if (answer.type !== "call") return;
      console.log("call", answer.target.functionName, answer.params);
      try {
        const value = await exports.call(answer.target, answer.params, (promise) => loop.run(promise));
        outcome = { type: "returned", value };
      } catch (error) {
        console.log(error);
        outcome = { type: "trapped", message: String(error) };
      }
    }
  }

  #over(call: string): never {
    console.log("over at", call, this.#link.ask({ type: "end" }));
    this.#process.exit(0);
  }
}
