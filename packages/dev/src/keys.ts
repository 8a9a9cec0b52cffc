import pc from "picocolors";
import type { Diagnoses } from "./diagnoses.ts";
import type { Stay } from "./dev-event.ts";
import type { WaysOn } from "./ways-on.ts";

/** What keys do something to. */
export interface KeyTargets {
  readonly ways: Pick<WaysOn, "fork" | "anew">;
  readonly diagnoses: Diagnoses;
  /** Builds all components anew. */
  readonly rebuild: () => void;
  /** Starts all workers anew. @returns how many */
  readonly anewAll: () => Promise<number>;
  /** Switches between showing and not showing what workers do and say. @returns whether it is not shown now */
  readonly toggleQuiet: () => boolean;
  readonly quit: () => void;
  readonly print: (line: string) => void;
}

const HELP: readonly (readonly [key: string, what: string])[] = [
  ["l", "leave the worker that stays as it is"],
  ["f", "fork it before what differs, with the new code"],
  ["a", "start it anew, without its past; L, F, A: all that differ in the same way"],
  ["n", "start all workers anew"],
  ["b", "build all components anew"],
  ["s", "be silent about what workers do and say, or not any more"],
  ["h", "this help"],
  ["q", "quit; what workers are is kept"],
];

/** Ctrl-C and Ctrl-D, as a terminal in raw mode sends them. */
const ENDS: ReadonlySet<string> = new Set(["\u0003", "\u0004", "q"]);

/** Does what the keys of a terminal say, one thing at a time. */
export class Keys {
  readonly #targets: KeyTargets;
  #asked = false;
  #done = Promise.resolve();

  constructor(targets: KeyTargets) {
    this.#targets = targets;
  }

  /** @param key a character */
  press(key: string): void {
    // Whatever takes its time, quitting does not wait for it.
    if (ENDS.has(key)) return this.#targets.quit();
    this.#done = this.#done
      .then(() => this.#do(key))
      .catch((error: unknown) => {
        this.#targets.print(`${pc.red("✖")} ${error instanceof Error ? error.message : String(error)}`);
      });
  }

  /** Resolves when all is done that was asked for so far. */
  get done(): Promise<void> {
    return this.#done;
  }

  async #do(key: string): Promise<void> {
    const { print } = this.#targets;
    if (this.#asked) return this.#confirm(key);
    switch (key) {
      case "h":
      case "?":
        for (const [name, what] of HELP) print(`  ${pc.bold(name)}  ${what}`);
        return;
      case "b":
        print(pc.dim("Building all components anew"));
        return this.#targets.rebuild();
      case "s":
        return print(
          pc.dim(this.#targets.toggleQuiet() ? "Silent about workers" : "Showing what workers do"),
        );
      case "n":
        this.#asked = true;
        return print(
          `${pc.yellow("?")} Start all workers anew, without their past? ${pc.bold("y")} does, any other key does not`,
        );
      case "\r":
        return print("");
      default:
        return this.#decide(key);
    }
  }

  async #confirm(key: string): Promise<void> {
    this.#asked = false;
    const { print, anewAll } = this.#targets;
    if (key !== "y") return print(pc.dim("All workers stay as they are"));
    const count = await anewAll();
    print(`${pc.green("✔")} ${count} ${count === 1 ? "worker" : "workers"} started anew`);
  }

  async #decide(key: string): Promise<void> {
    const way = key.toLowerCase();
    if (way !== "l" && way !== "f" && way !== "a") return;
    const { diagnoses, print } = this.#targets;
    if (diagnoses.next() === undefined) return print(pc.dim("No worker waits for a decision"));
    for (const stay of diagnoses.take({ all: key !== way })) await this.#go(way, stay);
    const next = diagnoses.next();
    if (next !== undefined) print(pc.dim(`Next: ${next.component}/${next.worker} (l, f, a)`));
  }

  async #go(way: "l" | "f" | "a", stay: Stay): Promise<void> {
    const { ways, print } = this.#targets;
    const name = `${stay.component}/${stay.worker}`;
    if (way === "l") return print(`${pc.green("✔")} ${name} stays on version ${stay.version}`);
    if (way === "f") {
      const fork = await ways.fork(stay);
      return print(
        `${pc.green("✔")} ${stay.component}/${fork} goes on from entry ${stay.lastFitting} of ${name}, with the new code`,
      );
    }
    await ways.anew(stay);
    print(`${pc.green("✔")} ${name} was started anew`);
  }
}
