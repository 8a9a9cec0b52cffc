import { readFile } from "node:fs/promises";
import { createHost, type Host } from "@golem-kit/host";
import { component, TestApplication } from "../application.ts";

/** What came of a call, and what the worker wrote meanwhile. */
export interface Outcome {
  /** What the function returned. */
  readonly answer?: unknown;
  /** Why it failed, without the engine's frames. */
  readonly failure?: string;
  /** Standard output and error, in order. */
  readonly written: string;
}

/** A program on a host; each call goes to a worker of its own. */
export class Guest implements AsyncDisposable {
  readonly #app: TestApplication;
  readonly #host: Host;
  readonly #componentId: string;
  #calls = 0;

  private constructor(app: TestApplication, host: Host, componentId: string) {
    this.#app = app;
    this.#host = host;
    this.#componentId = componentId;
  }

  /** @param wit of package `test:guest`, with a world that exports `api` */
  static async load(wit: string, program: string): Promise<Guest> {
    const app = await TestApplication.create(component("guest", wit, program));
    const [built] = await app.build();
    if (built === undefined) throw new Error("nothing was built");
    const host = await createHost({ cacheDir: app.path("cache"), shards: 1, retryDelays: false, allow: [] });
    const wasm = await readFile(built.wasmPath);
    const { dynamicLinking } = built;
    const { versionedComponentId } = await host.components.create(built.name, { wasm, dynamicLinking });
    return new Guest(app, host, versionedComponentId.componentId);
  }

  async call(name: string, ...values: readonly unknown[]): Promise<Outcome> {
    this.#calls += 1;
    const worker = { componentId: this.#componentId, workerName: `guest-${this.#calls}` };
    const invocation = {
      function: `test:guest-exports/api.{${name}}`,
      params: { form: "values", values },
    } as const;
    const outcome = await this.#host.workers.invokeAndAwait(worker, invocation).then(
      (result) => ({ answer: result.form === "values" ? result.value : undefined }),
      (error: unknown) => ({ failure: withoutEngine(String(error)) }),
    );
    const { entries } = await this.#host.workers.oplog(worker, { from: 1, count: 1_000 });
    const logs = entries.flatMap(({ entry }) => (entry.type === "Log" ? [String(entry["message"])] : []));
    return { ...outcome, written: logs.join("") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.close();
    await this.#app[Symbol.asyncDispose]();
  }
}

function withoutEngine(failure: string): string {
  return failure.replace(/^[^]*instruction executed\n\n/, "").replace(/\nRedirecting call to abort[^]*$/, "");
}
