/** The payload of a WIT `result`'s `err`, which the bindings throw inside an error; other values stay as they are. */
export function payloadOf(thrown: unknown): unknown {
  return typeof thrown === "object" && thrown !== null && "payload" in thrown ? thrown.payload : thrown;
}
