/** An operation that failed for a reason that the guest is told: a case of its interface's `error-code`. */
export class CodedError<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
