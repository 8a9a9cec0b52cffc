/** Is told what one worker does. */
export interface WorkerActivity {
  /** The worker runs from now on, until the promise settles. */
  during<T>(run: () => Promise<T>): Promise<T>;
  /**
   * A worker that runs waits until the promise settles.
   *
   * @param reason `inside` if only time, a promise or another worker brings it about
   */
  waiting<T>(wait: Promise<T>, reason: "inside" | "outside"): Promise<T>;
}
