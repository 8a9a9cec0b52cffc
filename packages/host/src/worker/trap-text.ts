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
  /(?:at (?<name>\S+) \()?wasm:\/\/wasm\/[^:]*:wasm-function\[(?<index>\d+)\]:(?<offset>0x[0-9a-f]+)/;

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
    const { name, index, offset } = WASM_FRAME.exec(line)?.groups ?? {};
    if (offset === undefined) continue;
    const where =
      name === undefined || name.endsWith(`[${index}]`)
        ? `<wasm function ${index}>`
        : name.replace(/^[^.]*\./, "");
    frames.push(`    ${frames.length}: ${offset} - <unknown>!${where}`);
  }
  return frames;
}
