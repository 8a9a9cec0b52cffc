import type { WitWorld } from "@golem-kit/wit";

import type { BoundImports } from "../bound-imports.ts";
import type { CallableExport, GuestInstance, HandleTable } from "../guest-instance.ts";
import { BoundProgramImports, mapped } from "./bound-program-imports.ts";
import type { Program, ProgramImports } from "./program.ts";

/** A program as a guest: its calls of the host are those of a component, and what they throw ends it. */
export class ProgramInstance implements GuestInstance {
  readonly memorySize = 0;
  readonly #bound: BoundImports;
  readonly #imports: BoundProgramImports;
  readonly #guests: HandleTable;
  readonly #program: Program;
  readonly #ended = Promise.withResolvers<never>();

  /**
   * @param world of the program's component
   * @param guests the program's own resources, as callers know them
   * @param start begins the program over its imports
   */
  constructor(
    world: WitWorld,
    bound: BoundImports,
    guests: HandleTable,
    start: (imports: ProgramImports) => Program,
  ) {
    this.#bound = bound;
    this.#imports = new BoundProgramImports(world, bound);
    this.#guests = guests;
    this.#ended.promise.catch(() => undefined);
    this.#program = start({ call: (...call) => this.#orEnd(() => this.#imports.call(...call)) });
  }

  get handles(): Readonly<Record<string, number>> {
    return this.#bound.resources.handles;
  }

  readonly obstacle = "it is no WebAssembly";

  /** @throws Error always: nobody sees into a program */
  capture(): never {
    throw new Error(`A program cannot be captured: ${this.obstacle}`);
  }

  /** @throws Error always */
  restore(): never {
    throw new Error(`A program cannot be restored: ${this.obstacle}`);
  }

  /** Whoever runs the program says when it pauses. */
  yieldSoon(): void {
    return undefined;
  }

  async call(target: CallableExport, params: readonly unknown[]): Promise<unknown> {
    const { exportKey, kind, resource, function: fn } = target;
    const { resources } = this.#bound;
    const args = params.map((param, at) =>
      mapped(
        target.params[at]?.type,
        (of, value, ownership) =>
          resources.has(of)
            ? this.#imports.handles.add(resources.wrap(of, value))
            : this.#guests.get(value, ownership),
        param,
      ),
    );
    const exported = { exportKey, kind, resource, functionName: fn.name };
    const returned = await Promise.race([this.#program.call(exported, args), this.#ended.promise]);
    return mapped(fn.result, (of, value) => this.#guests.add(of, value), returned);
  }

  async #orEnd<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.#ended.reject(error);
      throw error;
    }
  }
}
