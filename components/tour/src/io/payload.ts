/** The `err` of a WIT `result`, which the bindings throw as the `payload` of an error. */
export function payloadOf(thrown: unknown): unknown {
  return typeof thrown === "object" && thrown !== null && "payload" in thrown ? thrown.payload : undefined;
}
