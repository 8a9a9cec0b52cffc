import { createHost, type Host, type HostOptions, type OplogPage, type WorkerId } from "@golem-kit/host";
import { CACHE } from "./cache.ts";
import type { Step } from "./program-server.ts";
import { programComponent } from "./program-component.ts";

const RUN = "campaign:program-exports/api.{run}";

/** The program component on a host in this process. */
export class EmbeddedProgram implements AsyncDisposable {
  readonly host: Host;
  readonly componentId: string;

  private constructor(host: Host, componentId: string) {
    this.host = host;
    this.componentId = componentId;
  }

  /** On a temporary directory. @throws StorageError */
  static async open(options: HostOptions = {}): Promise<EmbeddedProgram> {
    const host = await createHost({ cacheDir: CACHE, ...options });
    const { versionedComponentId } = await host.components.create("campaign:program", {
      wasm: await programComponent(),
    });
    return new EmbeddedProgram(host, versionedComponentId.componentId);
  }

  /** On the data directory of one that was there before. @throws StorageError */
  static async reopen(componentId: string, options: HostOptions): Promise<EmbeddedProgram> {
    return new EmbeddedProgram(await createHost({ cacheDir: CACHE, ...options }), componentId);
  }

  id(workerName: string): WorkerId {
    return { componentId: this.componentId, workerName };
  }

  /** Runs the steps and answers what came of each. @throws GolemError */
  async run(workerName: string, steps: readonly Step[], idempotencyKey?: string): Promise<unknown[]> {
    const result = await this.host.workers.invokeAndAwait(this.id(workerName), {
      function: RUN,
      params: { form: "values", values: [JSON.stringify(steps)] },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    return JSON.parse(result.form === "values" ? String(result.value) : "[]") as unknown[];
  }

  async oplog(workerName: string): Promise<OplogPage["entries"]> {
    const entries: OplogPage["entries"][number][] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: OplogPage = await this.host.workers.oplog(this.id(workerName), { from, count: 100 });
      entries.push(...page.entries);
      from = page.next?.nextOplogIndex;
    }
    return entries;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
  }
}
