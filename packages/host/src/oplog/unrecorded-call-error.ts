/**
 * On replay the component makes a call that was made under the level `persist-nothing`: nobody knows what it was answered.
 * The message is Golem's, which says no more.
 */
export class UnrecordedCallError extends Error {
  override readonly name = "UnrecordedCallError" as const;
  /** As it would have been recorded: `monotonic_clock::now` */
  readonly call: string;

  constructor(call: string) {
    super("Trying to replay an durable invocation in a PersistNothing block");
    this.call = call;
  }
}
