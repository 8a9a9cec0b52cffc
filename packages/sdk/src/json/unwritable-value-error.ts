/** A value, or something in it, that would not come back as what it was. */
export class UnwritableValueError extends Error {
  override readonly name = "UnwritableValueError" as const;
  /** Where it is: `tea[2].at`; nothing for the value itself. */
  readonly path: string;
  /** What it is, as a sentence goes on: `is a function` */
  readonly what: string;

  constructor(path: string, what: string) {
    super(`${path === "" ? "the value" : path} ${what}`);
    this.path = path;
    this.what = what;
  }
}
