const BACKTRACE =
  /error while executing at wasm backtrace:\n(?: +\d+: 0x[^\n]*?\n)*? +\d+: 0x[^\n]*?: (?<trap>[^\n]*)(?<more>\n\n(?=\S))?/g;
/** The engine's last words. */
const ABORT = /\n?Redirecting call to abort\(\) to mozalloc_abort(?:\n(?= \(|$))?/g;

/** A failure of a guest as a person reads it: what the program said and where, without the frames of the engine around it. */
export function withoutWasmFrames(text: string): string {
  return text
    .replaceAll(BACKTRACE, (...parts) => {
      const { trap, more } = parts.at(-1) as { readonly trap: string; readonly more?: string };
      return more === undefined ? trap : "";
    })
    .replaceAll(ABORT, "");
}
