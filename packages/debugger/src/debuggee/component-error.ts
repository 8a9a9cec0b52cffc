/** The `err` of a WIT `result`, as the bindings of a component throw it. */
export class ComponentError extends Error {
  declare readonly payload: unknown;

  constructor(payload: unknown) {
    const isText = typeof payload === "string";
    super(isText ? payload : `${String(payload)} (see error.payload)`);
    Object.defineProperty(this, "payload", { value: payload, enumerable: !isText });
  }
}
