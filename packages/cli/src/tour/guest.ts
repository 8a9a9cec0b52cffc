import { isDeepStrictEqual } from "node:util";
import { findFunction } from "@golem-kit/deployment";
import type { Component, Host, WorkerId } from "@golem-kit/host";
import pc from "picocolors";
import { describeCall } from "../describe-call.ts";

interface GuestOptions {
  readonly host: Host;
  readonly component: Component;
  /** The interface whose functions it calls. */
  readonly half: string;
  readonly workerName: string;
  readonly print: (line: string) => void;
}

/** An answer of `wasi:http/incoming-handler`, as Golem passes it on. */
interface Response {
  readonly status: number;
  readonly bodyAndTrailers?: { readonly content: Uint8Array };
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

  /** Lets the worker answer an HTTP request: `wasi:http/incoming-handler`, with messages as values as Golem passes them. */
  async request(
    method: "GET" | "POST",
    pathAndQuery: string,
    body: string,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const request = {
      method: { tag: method },
      scheme: { tag: "HTTP" },
      authority: "tour.example",
      pathAndQuery,
      headers: [],
      bodyAndTrailers: { content: new TextEncoder().encode(body) },
    };
    const { value, milliseconds } = await this.#timed("golem:http/incoming-handler.{handle}", [request]);
    const { status, bodyAndTrailers: answered } = value as Response;
    const answer = { status, body: new TextDecoder().decode(answered?.content) };
    this.#print(`${method} ${pathAndQuery} "${body}" → ${status} "${answer.body}"`, milliseconds);
    return answer;
  }

  /** @throws Error if what was found is not what should be */
  check(finding: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) return;
    throw new Error(`${finding}: expected ${inOneLine(expected)}, found ${inOneLine(actual)}`);
  }

  async #invoke(fullName: string, name: string, values: readonly unknown[]): Promise<unknown> {
    const { value, milliseconds } = await this.#timed(fullName, values);
    const callee = findFunction(this.#options.component, fullName);
    this.#print(describeCall(name, callee, values, value), milliseconds);
    return value;
  }

  async #timed(
    fullName: string,
    values: readonly unknown[],
  ): Promise<{ readonly value: unknown; readonly milliseconds: number }> {
    const started = performance.now();
    const result = await this.#options.host.workers.invokeAndAwait(this.id, {
      function: fullName,
      params: { form: "values", values },
    });
    const milliseconds = Math.round(performance.now() - started);
    return { value: result.form === "values" ? result.value : undefined, milliseconds };
  }

  #print(text: string, milliseconds: number): void {
    this.#options.print(`${pc.cyan(this.half.padEnd(4))} ${text} ${pc.dim(`${milliseconds} ms`)}`);
  }
}

function inOneLine(value: unknown): string {
  if (value === undefined) return "nothing";
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
