import type { GolemClient } from "@golem-kit/cli";
import type { Component, WorkerId, WorkerMetadata } from "@golem-kit/host";
import { programComponent } from "./program-component.ts";

/** A step of a program: what to do, and with what. */
export type Step = readonly [name: string, ...args: unknown[]];

const RUN = "campaign:program-exports/api.{run}";

/** The program component on a server, spoken to through REST alone. */
export class ProgramServer {
  readonly client: GolemClient;
  readonly componentId: string;

  constructor(client: GolemClient, componentId: string) {
    this.client = client;
    this.componentId = componentId;
  }

  /**
   * Uploads the component under a name that no other has.
   *
   * @throws RestError, UserError
   */
  static async deploy(client: GolemClient): Promise<ProgramServer> {
    const { versionedComponentId } = await ProgramServer.upload(client);
    return new ProgramServer(client, versionedComponentId.componentId);
  }

  /** The same, and nothing else. @throws RestError, UserError */
  static async upload(client: GolemClient): Promise<Component> {
    const name = `campaign:program-${crypto.randomUUID()}`;
    return client.create(name, { wasm: await programComponent() });
  }

  /** The same component on the server that came after this one. */
  movedTo(client: GolemClient): ProgramServer {
    return new ProgramServer(client, this.componentId);
  }

  worker(workerName: string): ProgramWorker {
    return new ProgramWorker(this.client, { componentId: this.componentId, workerName });
  }
}

/** A worker that runs programs. */
export class ProgramWorker {
  readonly id: WorkerId;
  readonly #client: GolemClient;

  constructor(client: GolemClient, id: WorkerId) {
    this.#client = client;
    this.id = id;
  }

  /** Runs the steps and answers what came of each. @throws RestError, UserError */
  async run(steps: readonly Step[], idempotencyKey: string = crypto.randomUUID()): Promise<unknown[]> {
    const { value } = await this.#client.invokeAndAwait(this.id, invocation(steps, idempotencyKey));
    return JSON.parse(value[0] as string) as unknown[];
  }

  /** Resolves when the steps are accepted, to be run. @throws RestError, UserError */
  async trigger(steps: readonly Step[], idempotencyKey: string = crypto.randomUUID()): Promise<void> {
    await this.#client.invoke(this.id, invocation(steps, idempotencyKey));
  }

  /** Completes a promise from outside. False if it was completed before. @throws RestError, UserError */
  async complete(oplogIdx: number, text: string): Promise<boolean> {
    return this.#client.completePromise(this.id, oplogIdx, new TextEncoder().encode(text));
  }

  /** @throws RestError, UserError */
  async metadata(): Promise<WorkerMetadata> {
    return this.#client.worker(this.id);
  }

  /** The idempotency keys of the invocations that it has begun, in order. @throws RestError, UserError */
  async begun(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { type, parameters } of this.#client.oplog(this.id, { from: 1 }))
      if (type === "ExportedFunctionInvoked") keys.push(String(parameters["idempotencyKey"]));
    return keys;
  }

  /** How many attempts have failed. @throws RestError, UserError */
  async failures(): Promise<number> {
    let count = 0;
    for await (const { type } of this.#client.oplog(this.id, { from: 1 })) if (type === "Error") count += 1;
    return count;
  }

  /** @throws RestError, UserError */
  async delete(): Promise<void> {
    await this.#client.deleteWorker(this.id);
  }
}

function invocation(steps: readonly Step[], idempotencyKey: string) {
  return { function: RUN, params: [JSON.stringify(steps)], idempotencyKey };
}
