import { runInNewContext } from "node:vm";

// The bindings of a component live in a realm of their own: what they throw is no `Error` of the program.
const ForeignError = runInNewContext("Error") as ErrorConstructor;

/** The `err` of a WIT `result`, as the bindings of a component throw it. */
export class ComponentError extends ForeignError {
  declare readonly payload: unknown;

  constructor(payload: unknown) {
    const isText = typeof payload === "string";
    super(isText ? payload : `${String(payload)} (see error.payload)`);
    Object.defineProperty(this, "payload", { value: payload, enumerable: !isText });
  }
}
