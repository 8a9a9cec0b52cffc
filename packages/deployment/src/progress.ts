import { createSpinner, type Spinner } from "nanospinner";
import pc from "picocolors";

/** Says on standard output what takes time, while it does. */
export interface Progress extends Disposable {
  /** What is done right now. A terminal shows it with a spinner, a log does not. */
  status(text: string): void;
  done(text: string): void;
  warn(text: string): void;
}

/** @param initial the first status */
export function createProgress(initial: string): Progress {
  return canRedraw() ? new LiveProgress(initial) : logProgress;
}

/** A terminal of unknown width cannot be redrawn: the spinner would clear lines without end. */
function canRedraw(): boolean {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY && process.stdout.columns > 0 && CI === undefined && TERM !== "dumb";
}

class LiveProgress implements Progress {
  readonly #spinner: Spinner;

  constructor(initial: string) {
    this.#spinner = createSpinner(initial, { stream: process.stdout }).start();
  }

  status(text: string): void {
    this.#spinner.update(text);
  }

  done(text: string): void {
    this.#line(doneLine(text));
  }

  warn(text: string): void {
    this.#line(warningLine(text));
  }

  [Symbol.dispose](): void {
    this.#spinner.clear().stop();
  }

  #line(line: string): void {
    this.#spinner.clear().write(line).render();
  }
}

const logProgress: Progress = {
  status: () => {},
  done: (text) => void process.stdout.write(doneLine(text)),
  warn: (text) => void process.stdout.write(warningLine(text)),
  [Symbol.dispose]: () => {},
};

function doneLine(text: string): string {
  return `${pc.green("✔")} ${text}\n`;
}

function warningLine(text: string): string {
  return `${pc.yellow("!")} ${text}\n`;
}
