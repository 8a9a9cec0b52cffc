import { isDeepStrictEqual } from "node:util";
import { findFunction } from "@golem-kit/deployment";
import type { Component, Host, WorkerId } from "@golem-kit/host";
import { unknownName } from "@golem-kit/wit";
import pc from "picocolors";
import { describeCall } from "../describe-call.ts";
import type { Directories } from "../server-process.ts";

export interface StageOptions {
  readonly host: Host;
  /** What the host was created with. */
  readonly directories: Directories;
  /** What is deployed on it, by name. */
  readonly components: ReadonlyMap<string, Component>;
  readonly print: (line: string) => void;
}

export interface Performance {
  readonly value: unknown;
  readonly line: string;
}

/** Where scenes are played: a host with components, and a transcript of what really happens on it. */
export class Stage implements AsyncDisposable {
  readonly #directories: Directories;
  readonly #components: ReadonlyMap<string, Component>;
  readonly #print: (line: string) => void;
  #host: Host;

  constructor(options: StageOptions) {
    this.#directories = options.directories;
    this.#components = options.components;
    this.#print = options.print;
    this.#host = options.host;
  }

  get host(): Host {
    return this.#host;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.close();
  }

  /** @throws NameError when it is not there */
  component(name: string): Component {
    const component = this.#components.get(name);
    if (component === undefined)
      throw unknownName("component", name, { place: "on the stage", known: this.#components.keys() });
    return component;
  }

  /** @param worker component and worker: `shop:orders/ada-1` */
  workerId(worker: string): WorkerId {
    const [componentName = "", workerName = ""] = worker.split("/");
    return { componentId: this.component(componentName).versionedComponentId.componentId, workerName };
  }

  /** Invokes, and writes the call with its result and its time into the transcript. */
  async call(worker: string, name: string, ...values: readonly unknown[]): Promise<unknown> {
    const { value, line } = await this.perform(worker, name, ...values);
    this.print(line);
    return value;
  }

  /** Invokes. @returns the result, and the line for the transcript */
  async perform(worker: string, name: string, ...values: readonly unknown[]): Promise<Performance> {
    const [componentName = ""] = worker.split("/");
    const callee = findFunction(this.component(componentName), name);
    const started = performance.now();
    const result = await this.host.workers.invokeAndAwait(this.workerId(worker), {
      function: callee.name,
      params: { form: "values", values },
    });
    const milliseconds = Math.round(performance.now() - started);
    const value = result.form === "values" ? result.value : undefined;
    const title = pc.cyan(worker.slice(worker.indexOf(":") + 1).padEnd(15));
    const line = `${title} ${describeCall(name, callee, values, value)} ${pc.dim(`${milliseconds} ms`)}`;
    return { value, line };
  }

  /** Leaves the host's directories to other processes meanwhile. */
  async leave<T>(work: (directories: Directories) => Promise<T>): Promise<T> {
    await this.#host.close();
    try {
      return await work(this.#directories);
    } finally {
      const { createHost } = await import("@golem-kit/host");
      this.#host = await createHost(this.#directories);
    }
  }

  /** Writes a line into the transcript. */
  print(line: string): void {
    this.#print(line);
  }

  /** Writes what was found, if it is so. @throws Error if it is not */
  confirm(finding: string, actual: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(actual, expected)) {
      throw new Error(`This should hold and does not: ${finding}`, { cause: { actual, expected } });
    }
    this.#print(`${pc.green("✔")} ${finding}`);
  }
}
