import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import { GolemError, type GolemErrorCase } from "../ground/golem-error.ts";
import type { CallErrorTag, PlannedCalls } from "../ground/api/simulation.ts";

/** A `CallFault` as it goes from thread to thread: a call is held until its gate is opened. */
export type ShardCallFault =
  | "disconnect"
  | "lose-answer"
  | { readonly error: CallErrorTag; readonly message: string }
  | { readonly gate: string };

interface PlannedFault {
  readonly fault: ShardCallFault;
  readonly function: string | undefined;
  left: number;
}

/** What is planned to go wrong with the calls of other workers to those of one shard. */
export class CallFaults {
  readonly #planned = new Map<string, PlannedFault[]>();
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();

  plan(id: WorkerId, fault: ShardCallFault, { times = 1, function: name }: PlannedCalls): void {
    const key = workerIdText(id);
    const planned = this.#planned.get(key) ?? [];
    this.#planned.set(key, planned);
    planned.push({ fault, function: name, left: times });
    if (typeof fault === "object" && "gate" in fault)
      this.#gates.set(fault.gate, Promise.withResolvers<void>());
  }

  /** Lets the calls go on that are held at this gate, and those to come. */
  open(gate: string): void {
    this.#gates.get(gate)?.resolve();
  }

  /** Makes a call, as far as the fault that is planned for it lets. */
  async meet<T>(id: WorkerId, functionName: string, call: () => Promise<T>): Promise<T> {
    const fault = this.#take(id, functionName);
    if (fault === undefined) return call();
    if (fault === "disconnect") throw lost(id, "before it was there");
    if (fault === "lose-answer") {
      await call().catch(() => undefined);
      throw lost(id, "before its answer was there");
    }
    if ("error" in fault) throw new GolemError(errorCase(id, fault.error, fault.message));
    await this.#gates.get(fault.gate)?.promise;
    return call();
  }

  cancel(id: WorkerId): void {
    this.#planned.delete(workerIdText(id));
  }

  /** Calls that are held are never made. */
  clear(): void {
    this.#planned.clear();
    for (const { promise, reject } of this.#gates.values()) {
      promise.catch(() => undefined);
      reject(new Error("The host was reset while a call was held"));
    }
    this.#gates.clear();
  }

  #take(id: WorkerId, functionName: string): ShardCallFault | undefined {
    const key = workerIdText(id);
    const planned = this.#planned.get(key) ?? [];
    const at = planned.findIndex(({ function: name }) => name === undefined || name === functionName);
    const fault = planned[at];
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.left === 0) planned.splice(at, 1);
    if (planned.length === 0) this.#planned.delete(key);
    return fault.fault;
  }
}

/** No `GolemError`: the caller is told of nothing that it could record, and tries again under the same key. */
function lost(id: WorkerId, when: string): Error {
  return new Error(`A call of ${workerIdText(id)} was lost ${when}, as the test has planned`);
}

function errorCase(id: WorkerId, tag: CallErrorTag, message: string): GolemErrorCase {
  switch (tag) {
    case "not-found":
      return { type: "WorkerNotFound", workerId: id };
    case "protocol-error":
      return { type: "InvalidRequest", details: message };
    case "remote-internal-error":
      return { type: "RuntimeError", details: message };
  }
}
