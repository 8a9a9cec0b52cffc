import type { NewDevEvent } from "./dev-event.ts";
import { problemOf } from "./problem.ts";

/** What cannot be built or deployed at the moment: said when it begins or changes, and when it is over. */
export class Failures {
  readonly #emit: (event: NewDevEvent) => void;
  /** Messages by component; `undefined` is what concerns all. */
  readonly #open = new Map<string | undefined, string>();

  constructor(emit: (event: NewDevEvent) => void) {
    this.#emit = emit;
  }

  async failed(component: string | undefined, error: unknown): Promise<void> {
    const problem = await problemOf(error);
    this.#open.set(component, problem.message);
    this.#emit({ type: "failed", component, problem });
  }

  mended(component: string | undefined): void {
    if (this.#open.delete(component)) this.#emit({ type: "mended", component });
  }

  forget(component: string): void {
    this.#open.delete(component);
  }
}
