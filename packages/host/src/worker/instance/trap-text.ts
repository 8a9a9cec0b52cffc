import { demangle } from "./demangle.ts";

const V8_TRAPS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^unreachable$/, "wasm `unreachable` instruction executed"],
  [/memory access out of bounds/, "out of bounds memory access"],
  [/divide by zero/, "integer divide by zero"],
  [/divide result unrepresentable|float unrepresentable/, "integer overflow"],
  [/table index is out of bounds/, "undefined element: out of bounds table access"],
  [/null function or function signature mismatch|indirect call to null/, "indirect call type mismatch"],
  [/Maximum call stack size exceeded/, "call stack exhausted"],
];

const WASM_FRAME =
  /(?:at (?<name>.+) \()?wasm:\/\/wasm\/(?:(?<module>[^ ]+)-)?[0-9a-f]{8}:wasm-function\[(?<index>\d+)\]:(?<offset>0x[0-9a-f]+)/;

/**
 * What is recorded and answered about a trap: Golem's form of a wasm backtrace, then what the guest wrote to its
 * standard error while it ran the invocation.
 */
export function trapText(error: unknown, stderr: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const frames = error instanceof Error ? backtrace(error.stack ?? "") : [];
  const trap =
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError
      ? `wasm trap: ${trapName(message)}`
      : message;
  const text =
    frames.length === 0 ? trap : `error while executing at wasm backtrace:\n${frames.join("\n")}: ${trap}`;
  return stderr === "" ? text : `${text}\n\n${stderr}`;
}

/** The glue has put some of V8's messages into wasmtime's words already. */
function trapName(message: string): string {
  return V8_TRAPS.find(([pattern]) => pattern.test(message))?.[1] ?? message.replace(/^wasm trap: /, "");
}

function backtrace(stack: string): string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const { name, module, index, offset } = WASM_FRAME.exec(line)?.groups ?? {};
    if (offset === undefined || index === undefined) continue;
    const where = `${module ?? "<unknown>"}!${functionName(name, module, index)}`;
    frames.push(`${String(frames.length).padStart(5)}: ${offset} - ${where}`);
  }
  return frames;
}

/** V8 puts the module's name, if it has one, before that of the function. */
function functionName(name: string | undefined, module: string | undefined, index: string): string {
  if (name === undefined || name.endsWith(`wasm-function[${index}]`)) return `<wasm function ${index}>`;
  return demangle(
    module !== undefined && name.startsWith(`${module}.`) ? name.slice(module.length + 1) : name,
  );
}

/** A guest that needs too much stack needs it again whenever it is run. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("call stack size exceeded");
}
