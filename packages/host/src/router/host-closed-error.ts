/** What still waited for the host when it was closed. What was accepted goes on when the host is opened again. */
export class HostClosedError extends Error {
  override readonly name = "HostClosedError";

  constructor() {
    super("The host is closed");
  }
}
