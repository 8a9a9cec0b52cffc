/** What the Web Cryptography API throws. Its message says what to do. */
export function webError(
  name: "DataError" | "InvalidAccessError" | "NotSupportedError" | "OperationError" | "SyntaxError",
  message: string,
): DOMException {
  return new DOMException(message, name);
}

/**
 * Runs what a library computes. All that it says of a failure is lost on purpose: it may tell of secrets.
 *
 * @throws DOMException `OperationError`
 */
export function operation<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch {
    throw webError("OperationError", `${what} failed: the data, or the key, is not right`);
  }
}

/**
 * Runs what reads a key.
 *
 * @throws DOMException `DataError`; one that `run` throws itself is kept
 */
export function reading<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw webError("DataError", `the ${what} cannot be read: ${String(error)}`);
  }
}
