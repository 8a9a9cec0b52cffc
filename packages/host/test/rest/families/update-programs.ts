import { beforeAll, expect } from "vitest";

import { foreignComponent, type Parts, type RestComponent, type RestHost } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";

/** A function of every version. */
export const fn = (name: string): string => `golem:it/api.{${name}}`;

/** Four versions of a program in Rust, and components that have some of them. */
export class UpdatePrograms {
  readonly #host: RestHost;
  readonly #programs: Uint8Array[] = [];
  #components = 0;

  constructor(host: RestHost) {
    this.#host = host;
    beforeAll(async () => {
      for (const version of [1, 2, 3, 4])
        this.#programs.push(await foreignComponent(`rust-updates-v${version}`));
    });
  }

  /** A component of its own; version 0 is this program. */
  deploy(first: number, parts: Parts = {}): Promise<RestComponent> {
    this.#components += 1;
    return this.#host.deploy(`it:update-${this.#components}`, this.program(first), parts);
  }

  program(version: number): Uint8Array {
    return this.#programs[version - 1] ?? expect.fail(`There is no version ${version}`);
  }
}

/** What became of the worker's updates, once none is pending. */
export async function outcomes(worker: RestWorker): Promise<readonly string[]> {
  const types = async () =>
    (await worker.metadata()).updates.map(({ type, targetVersion }) => `${type} ${targetVersion}`);
  await expect.poll(async () => (await types()).join()).not.toContain("pendingUpdate");
  return types();
}

/** Puts a worker in the middle of `f1`, which goes on when `open` is called. */
export async function waiting(
  worker: RestWorker,
): Promise<{ readonly result: Promise<unknown>; readonly open: () => Promise<unknown> }> {
  const gate = (await worker.call(fn("create-gate"))) as number;
  const result = worker.call(fn("f1"), gate);
  await worker.recorded("ImportedFunctionInvoked", "golem::api::poll_promise");
  return { result, open: () => worker.complete(gate, [1]) };
}

/** Runs `f1` from its beginning to its end. */
export async function summed(worker: RestWorker): Promise<unknown> {
  const gate = (await worker.call(fn("create-gate"))) as number;
  await worker.complete(gate, []);
  return worker.call(fn("f1"), gate);
}
