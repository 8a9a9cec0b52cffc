import type { DevEvent, Stay } from "./dev-event.ts";

/** Workers that stay on old code and about which nothing was decided yet: those that differ in the same way together. */
export class Diagnoses {
  /** The oldest first. */
  #open: readonly (readonly Stay[])[] = [];

  note(event: DevEvent): void {
    if (event.type === "deployed") {
      // Each worker of the component was tried again.
      this.#open = this.#open.filter(([first]) => first?.component !== event.component);
    } else if (event.type === "stays") {
      const group = this.#open.at(-1);
      if (event.likeWorker !== undefined && group !== undefined)
        this.#open = [...this.#open.slice(0, -1), [...group, event]];
      else this.#open = [...this.#open, [event]];
    }
  }

  /** Whose turn it is. */
  next(): Stay | undefined {
    return this.#open[0]?.[0];
  }

  /** Takes the next worker, or with it all that differ in the same way. */
  take({ all }: { readonly all: boolean }): readonly Stay[] {
    const [group = [], ...others] = this.#open;
    const taken = all ? group : group.slice(0, 1);
    const left = group.slice(taken.length);
    this.#open = left.length === 0 ? others : [left, ...others];
    return taken;
  }
}
