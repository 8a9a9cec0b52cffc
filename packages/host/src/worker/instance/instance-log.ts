import type { Journal } from "../../journal/journal.ts";
import type { LogLevel } from "../../oplog/entry.ts";
import { StandardError } from "./standard-error.ts";

/** What an instance writes to its log and its standard streams: each line is recorded once. */
export class InstanceLog {
  readonly #journal: Journal;
  readonly #stderr = new StandardError();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** What the guest wrote to its standard error during the last invocation; of much the end. */
  get stderr(): string {
    return this.#stderr.text;
  }

  /** A new invocation begins. */
  begin(): void {
    this.#stderr.clear();
  }

  write(level: LogLevel, context: string, message: string): void {
    if (level === "stderr") this.#stderr.write(message);
    if (!this.#journal.live) return;
    if (this.#journal.cursor.wasLogged({ level, context, message })) return;
    this.#journal.append({ type: "Log", level, context, message });
  }
}
