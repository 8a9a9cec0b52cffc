import type { DevEvent } from "./dev-event.ts";
import type { DevSession } from "./dev-session.ts";
import { Diagnoses } from "./diagnoses.ts";
import { Keys } from "./keys.ts";
import { terminalLines } from "./terminal-lines.ts";

/** What of standard input is needed. */
export interface KeyInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: "data", listener: (chunk: Buffer | string) => void): unknown;
  off(event: "data", listener: (chunk: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** What of standard output is needed. */
export interface LineOutput {
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface TerminalOptions {
  readonly output: LineOutput;
  readonly input: KeyInput;
  /** One JSON object for each event, in place of lines for people; no keys are read. */
  readonly json: boolean;
  /** Begins without what workers do and say. */
  readonly quiet: boolean;
}

const OF_WORKERS: ReadonlySet<DevEvent["type"]> = new Set(["call", "answer", "print", "log"]);

/** Shows what happens, and reads keys if there is a terminal. */
export class DevTerminal {
  readonly #options: TerminalOptions;
  readonly #diagnoses = new Diagnoses();
  readonly #hasKeys: boolean;
  #isQuiet: boolean;
  #isListening = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#isQuiet = options.quiet;
    this.#hasKeys = !options.json && options.input.isTTY === true;
  }

  show(event: DevEvent): void {
    const { json, output } = this.#options;
    if (this.#isQuiet && OF_WORKERS.has(event.type)) return;
    if (json) return void output.write(`${JSON.stringify(event)}\n`);
    this.#diagnoses.note(event);
    if (event.type === "listening") this.#isListening = true;
    // What is deployed at the start is listed in a moment.
    if (
      !this.#isListening &&
      event.type === "deployed" &&
      Object.values(event.workers).every((count) => count === 0)
    )
      return;
    for (const line of terminalLines(event, { width: output.columns, hasKeys: this.#hasKeys }))
      this.#print(line);
    if (event.type === "listening" && this.#hasKeys) this.#print("  h shows the keys, q quits");
  }

  /** Reads keys from now on, until it is disposed of: then the terminal is as it was before. */
  readKeys(session: DevSession, quit: () => void): Disposable {
    const { input } = this.#options;
    if (!this.#hasKeys) return { [Symbol.dispose]: () => undefined };
    const keys = new Keys({
      ways: session.ways,
      diagnoses: this.#diagnoses,
      rebuild: () => session.rebuild(),
      anewAll: () => session.anewAll(),
      toggleQuiet: () => (this.#isQuiet = !this.#isQuiet),
      quit,
      print: (line) => this.#print(line),
    });
    const onData = (chunk: Buffer | string): void => {
      for (const key of chunk.toString()) keys.press(key);
    };
    input.setRawMode?.(true);
    input.on("data", onData);
    input.resume();
    return {
      [Symbol.dispose]: () => {
        input.off("data", onData);
        input.setRawMode?.(false);
        input.pause();
      },
    };
  }

  #print(line: string): void {
    this.#options.output.write(`${line}\n`);
  }
}
