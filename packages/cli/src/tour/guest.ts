import { isDeepStrictEqual } from "node:util";
import type { Component, Host, WorkerId } from "@golem-kit/host";
import pc from "picocolors";
import { describeCall } from "../describe-call.ts";
import { findFunction } from "../exported-function.ts";

interface GuestOptions {
  readonly host: Host;
  readonly component: Component;
  /** The interface whose functions it calls. */
  readonly half: string;
  readonly workerName: string;
  readonly print: (line: string) => void;
}

/** A worker of the tour, seen through one half of it; prints what it is asked, and what it answers. */
export class Guest {
  readonly half: string;
  readonly id: WorkerId;
  readonly #options: GuestOptions;

  constructor(options: GuestOptions) {
    this.#options = options;
    this.half = options.half;
    this.id = {
      componentId: options.component.versionedComponentId.componentId,
      workerName: options.workerName,
    };
  }

  get name(): string {
    return this.id.workerName;
  }

  /** Another worker of the same half. */
  other(workerName: string): Guest {
    return new Guest({ ...this.#options, workerName });
  }

  /** Calls a function of its half. */
  call(name: string, ...values: readonly unknown[]): Promise<unknown> {
    return this.#invoke(`kit:tour-exports/${this.half}.{${name}}`, name, values);
  }

  /** Calls a function of the notebook, which is the same for both halves. */
  note(name: "note" | "notes", ...values: readonly unknown[]): Promise<unknown> {
    return this.#invoke(`kit:tour-exports/notebook.{${name}}`, name, values);
  }

  /** @throws Error if what was found is not what should be */
  check(finding: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) return;
    throw new Error(`${finding}: expected ${inOneLine(expected)}, found ${inOneLine(actual)}`);
  }

  async #invoke(fullName: string, name: string, values: readonly unknown[]): Promise<unknown> {
    const { host, component, half, print } = this.#options;
    const callee = findFunction(component, fullName);
    const started = performance.now();
    const result = await host.workers.invokeAndAwait(this.id, {
      function: callee.name,
      params: { form: "values", values },
    });
    const milliseconds = Math.round(performance.now() - started);
    const value = result.form === "values" ? result.value : undefined;
    print(
      `${pc.cyan(half.padEnd(4))} ${describeCall(name, callee, values, value)} ${pc.dim(`${milliseconds} ms`)}`,
    );
    return value;
  }
}

function inOneLine(value: unknown): string {
  if (value === undefined) return "nothing";
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
