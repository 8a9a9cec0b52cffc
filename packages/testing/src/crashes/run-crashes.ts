import type { TestHost } from "../test-host.ts";
import type { CrashedEntry } from "./crash-difference-error.ts";

/** The crashes of one run. */
export class RunCrashes {
  readonly #host: TestHost;
  readonly #losesUncommitted: boolean;
  /** Those that are arranged; one entry may have two. */
  #planned: readonly { readonly at: CrashedEntry; happened: boolean }[] = [];

  constructor(host: TestHost, losesUncommitted: boolean) {
    this.#host = host;
    this.#losesUncommitted = losesUncommitted;
  }

  /** The same host; crashes that are still to come when it is restarted come afterwards. */
  get host(): TestHost {
    const restart = async (): Promise<void> => {
      await this.#host.restart();
      this.#arrangeOpen();
    };
    return Object.create(this.#host, { restart: { value: restart } }) as TestHost;
  }

  arrange(crashes: readonly CrashedEntry[]): void {
    this.#planned = crashes.map((at) => ({ at, happened: false }));
    this.#arrangeOpen();
  }

  /** Where none has happened. */
  get unreached(): readonly CrashedEntry[] {
    return this.#planned.flatMap(({ at, happened }) => (happened ? [] : [at]));
  }

  #arrangeOpen(): void {
    const losesUncommitted = this.#losesUncommitted;
    for (const crash of this.#planned.filter(({ happened }) => !happened)) {
      const { id, index } = crash.at;
      this.#host.simulation.crash(id, { afterEntry: index, losesUncommitted }).then(
        (happened) => {
          crash.happened ||= happened;
        },
        // The host was closed before.
        () => undefined,
      );
    }
  }
}
