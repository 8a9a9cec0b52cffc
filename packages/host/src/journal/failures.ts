import type { EntryOf } from "../oplog/entry.ts";

export interface SavedFailures {
  readonly count: number;
  readonly last: string | null;
  readonly forGood: boolean;
  readonly forgiven: { readonly count: number; readonly forGood: boolean } | undefined;
}

/** The errors of a worker since it last got further than it had been before. */
export class Failures {
  #count = 0;
  #last: string | null = null;
  #forGood = false;
  /** What was forgiven, as long as nothing came of it. */
  #forgiven: SavedFailures["forgiven"];

  get count(): number {
    return this.#count;
  }

  /** True if the same would happen again, whatever the retry policy says. */
  get forGood(): boolean {
    return this.#forGood;
  }

  /** What the last one said; `null` if there was none since. */
  get last(): string | null {
    return this.#last;
  }

  add({ error, final }: EntryOf<"Error">): void {
    this.#forgiven = undefined;
    this.#count += 1;
    this.#forGood ||= final === true;
    this.#last = error;
  }

  /** The worker was stopped for this reason; that is no failure of an attempt. */
  note(reason: string): void {
    this.#last = reason;
  }

  /** The worker begins to count anew; what the last one said stays known. */
  forgive(): void {
    this.#forgiven ??= { count: this.#count, forGood: this.#forGood };
    this.#count = 0;
    this.#forGood = false;
  }

  /** It counts as before, since what it was forgiven for did not come to be. */
  takeBack(): void {
    if (this.#forgiven === undefined) return;
    this.#count = this.#forgiven.count;
    this.#forGood = this.#forgiven.forGood;
    this.#forgiven = undefined;
  }

  /** All of it, for {@link restored}. */
  saved(): SavedFailures {
    return { count: this.#count, last: this.#last, forGood: this.#forGood, forgiven: this.#forgiven };
  }

  static restored({ count, last, forGood, forgiven }: SavedFailures): Failures {
    const failures = new Failures();
    failures.#count = count;
    failures.#last = last;
    failures.#forGood = forGood;
    failures.#forgiven = forgiven;
    return failures;
  }

  /** The worker got further. */
  forget(): void {
    this.forgive();
    this.#forgiven = undefined;
    this.#last = null;
  }
}
