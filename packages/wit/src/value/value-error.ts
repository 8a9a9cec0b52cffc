/** Where in a value something is: the way from the value to the part, innermost step first. */
export interface ValuePath {
  readonly parent: ValuePath | null;
  readonly step:
    | { readonly kind: "root"; readonly name: string }
    | { readonly kind: "field"; readonly name: string }
    | { readonly kind: "payload"; readonly name: string }
    | { readonly kind: "index"; readonly index: number };
}

export function rootPath(name: string): ValuePath {
  return { parent: null, step: { kind: "root", name } };
}

/** `order.lines[2].quantity` */
function printPath({ parent, step }: ValuePath): string {
  const before = parent === null ? "" : printPath(parent);
  return step.kind === "index"
    ? `${before}[${step.index}]`
    : before === ""
      ? step.name
      : `${before}.${step.name}`;
}

/** What is wrong with a value: what its type asks for, and what is there. */
export interface ValueFault {
  readonly expected: string;
  readonly found: string;
  /**
   * The fault in the words of Golem's REST interface, without the path.
   * @default "expected …, found …"
   */
  readonly details?: string;
}

/** A value that its WIT type does not allow. */
export class WitValueError extends Error {
  override readonly name = "WitValueError";
  /** Where in the value, e.g. `order.lines[2].quantity`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** The fault in the words of Golem's REST interface, e.g. `invalid value for key price: expected number, found string`. */
  readonly details: string;

  constructor(path: ValuePath, fault: ValueFault) {
    const text = printPath(path);
    super(`${text}: expected ${fault.expected}, found ${fault.found}`);
    this.path = text;
    this.expected = fault.expected;
    this.found = fault.found;
    this.details = keyPrefixes(path) + (fault.details ?? `expected ${fault.expected}, found ${fault.found}`);
  }
}

/** Golem names the record fields that lead to a fault, but no list positions and no cases. */
function keyPrefixes({ parent, step }: ValuePath): string {
  const before = parent === null ? "" : keyPrefixes(parent);
  return step.kind === "field" ? `${before}invalid value for key ${step.name}: ` : before;
}
