import { eventually, RestError } from "@golem-kit/cli";
import type { ProgramServer, ProgramWorker } from "../program-server.ts";
import type { EndlessKind } from "./endless-kinds.ts";
import type { Latencies } from "./latencies.ts";

/** What a culprit has in memory before it begins. */
const BEFORE = 7;

/** How an endless guest is ended. */
const ENDS = ["interrupted", "reverted", "deleted"] as const;

type End = (typeof ENDS)[number];

/** Endless guests of one kind, each a worker. */
export class Culprits {
  readonly workers: readonly ProgramWorker[];
  readonly #program: ProgramServer;

  private constructor(program: ProgramServer, workers: readonly ProgramWorker[]) {
    this.#program = program;
    this.workers = workers;
  }

  /** Resolves when all of them run. @throws RestError, UserError, AssertionError */
  static async begin(program: ProgramServer, kind: EndlessKind, count: number): Promise<Culprits> {
    const names = Array.from({ length: count }, (_, at) => `endless-${kind}-${count}-${at}`);
    const workers = names.map((name) => program.worker(name));
    for (const worker of workers) await worker.run([["add", BEFORE]]);
    for (const worker of workers) await worker.trigger([["forever", kind, calleeOf(worker)]]);
    for (const worker of workers)
      await eventually(`${worker.id.workerName} runs`, async () =>
        (await worker.metadata()).status === "Idle" ? undefined : true,
      );
    return new Culprits(program, workers);
  }

  /** Those that do not run, though no limit has stopped them. */
  async problems(): Promise<string[]> {
    const found = await Promise.all(
      this.workers.map(async (worker) => {
        const { status, lastError } = await worker.metadata();
        const isWell = status === "Running" || (status === "Interrupted" && isByLimit(lastError));
        return isWell ? [] : [`${worker.id.workerName} is ${status}: ${lastError}`];
      }),
    );
    return found.flat();
  }

  /**
   * Interrupts the first, reverts the second, deletes the third, and so on.
   *
   * @param latencies notes how long each took, until it was seen
   * @returns those of which it cannot be seen
   */
  async end(latencies: Latencies): Promise<string[]> {
    const found: (string | undefined)[] = [];
    for (const [at, worker] of this.workers.entries()) {
      const end = ENDS[at % ENDS.length] ?? "interrupted";
      const problem = await latencies.time(() => this.#end(worker, end));
      found.push(problem && `${worker.id.workerName}, ${end}: ${problem}`);
    }
    return found.filter((problem) => problem !== undefined);
  }

  /** Nothing is left of them. @throws RestError, UserError */
  async remove(): Promise<void> {
    for (const worker of this.workers) {
      await worker.delete();
      await this.#program.worker(calleeOf(worker)).delete();
    }
  }

  /** @returns what is wrong then */
  async #end(worker: ProgramWorker, end: End): Promise<string | undefined> {
    const { client } = this.#program;
    switch (end) {
      case "interrupted": {
        await client.interrupt(worker.id, { recover: false });
        const { status } = await worker.metadata();
        return status === "Interrupted" ? undefined : `it is ${status}`;
      }
      case "reverted": {
        await client.revert(worker.id, { type: "revertLastInvocations", numberOfInvocations: 1 });
        const [sum] = await worker.run([["add", 0]]);
        return sum === BEFORE ? undefined : `it has ${String(sum)}, not ${BEFORE}`;
      }
      case "deleted": {
        await client.deleteWorker(worker.id);
        const left = await worker.metadata().catch((error: unknown) => {
          if (error instanceof RestError && error.status === 404) return undefined;
          throw error;
        });
        return left && `it is ${left.status}`;
      }
    }
  }
}

function isByLimit(lastError: string | null): boolean {
  return lastError?.includes("(limit ") === true;
}

/** The worker that `future` waits for. */
function calleeOf({ id }: ProgramWorker): string {
  return `${id.workerName}-callee`;
}
