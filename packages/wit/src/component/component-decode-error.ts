/**
 * Why a component cannot be decoded: the bytes are not a component at all, they break the binary format, or they use
 * a part of the component model that has no place in the WIT of WASI 0.2 (async, streams, values, …).
 */
export type ComponentDecodeErrorCode = "not-a-component" | "malformed" | "unsupported";

/** Bytes that do not decode to a component with a WIT world. */
export class ComponentDecodeError extends Error {
  override readonly name = "ComponentDecodeError";
  readonly code: ComponentDecodeErrorCode;
  /** Where in the bytes the trouble is, counted from 0; `null` when an import or export as a whole is meant. */
  readonly offset: number | null;

  constructor(code: ComponentDecodeErrorCode, reason: string, offset: number | null) {
    super(`${prefixes[code]}${offset === null ? "" : ` at byte ${offset}`}: ${reason}`);
    this.code = code;
    this.offset = offset;
  }
}

const prefixes: Readonly<Record<ComponentDecodeErrorCode, string>> = {
  "not-a-component": "not a component",
  malformed: "malformed component",
  unsupported: "unsupported component",
};
