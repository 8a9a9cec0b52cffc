/** What a person can put right: shown as one message, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** 1 for what could not be done, 2 for a command line that makes no sense. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: 1 | 2 } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}
