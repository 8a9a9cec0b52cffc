import { CrashPlan } from "../journal/crash-plan.ts";

/** Where the workers of a shard are to crash, also those that do not exist yet. */
export class CrashPlans {
  readonly #plans = new Map<string, CrashPlan>();

  find(worker: string): CrashPlan | undefined {
    return this.#plans.get(worker);
  }

  of(worker: string): CrashPlan {
    const plan = this.#plans.get(worker) ?? new CrashPlan();
    this.#plans.set(worker, plan);
    return plan;
  }

  cancel(worker: string): void {
    this.#plans.get(worker)?.cancel();
    this.#plans.delete(worker);
  }

  cancelAll(): void {
    for (const worker of this.#plans.keys()) this.cancel(worker);
  }
}
