import type { CrashPoint } from "../ground/api/simulation.ts";
import { Signal } from "./signals.ts";

interface PlannedCrash {
  readonly point: CrashPoint;
  readonly settle: (happened: boolean) => void;
}

/** The crashes that are still to come of one worker. Each happens once. */
export class CrashPlan {
  readonly #planned: PlannedCrash[] = [];

  /** Resolves with true when it has happened, with false when it was cancelled. */
  add(point: CrashPoint): Promise<boolean> {
    return new Promise((settle) => {
      this.#planned.push({ point, settle });
    });
  }

  /** An entry was written. @throws Signal if the worker is to crash now */
  written(index: number): void {
    this.#crashIf((point) => "afterEntry" in point && index >= point.afterEntry);
  }

  /** A function is about to run that is recorded under this name. @throws Signal if the worker is to crash now */
  about(recordedName: string): void {
    this.#crashIf((point) => "beforeCall" in point && point.beforeCall === recordedName);
  }

  cancel(): void {
    for (const { settle } of this.#planned.splice(0)) settle(false);
  }

  #crashIf(isNow: (point: CrashPoint) => boolean): void {
    const at = this.#planned.findIndex(({ point }) => isNow(point));
    const [crash] = at === -1 ? [] : this.#planned.splice(at, 1);
    if (crash === undefined) return;
    crash.settle(true);
    const { losesUncommitted = false } = crash.point;
    throw new Signal({ type: "restart", losesUncommitted });
  }
}
