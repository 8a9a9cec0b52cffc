/** What a guest asks something of: holds it back until it is released. */
export interface World extends AsyncDisposable {
  /** Where the guest is to ask. */
  readonly target: string;
  /** Resolves when the guest has begun to ask, where that can be seen. */
  readonly asked: Promise<void>;
  release(): void;
  /** What the guest gets in the end. */
  readonly got: string;
}
