import type { TestHost } from "../test-host.ts";
import type { Recovery } from "./every-crash-options.ts";
import type { CrashedEntry } from "./crash-difference-error.ts";

export interface CrashWays {
  readonly losesUncommitted: boolean;
  readonly recovery: Recovery;
}

/** The crashes of one run. */
export class RunCrashes {
  readonly #host: TestHost;
  readonly #ways: CrashWays;
  /** Those that are arranged; one entry may have two. */
  #planned: readonly { readonly at: CrashedEntry; happened: boolean }[] = [];

  constructor(host: TestHost, ways: CrashWays) {
    this.#host = host;
    this.#ways = ways;
  }

  /** The host keeps images or not, as workers are to recover. */
  async begin(): Promise<void> {
    await this.#host.simulation.keepImages(this.#ways.recovery === "image" ? 0 : undefined);
  }

  /** The same host; crashes that are still to come when it is restarted come afterwards. */
  get host(): TestHost {
    const restart = async (): Promise<void> => {
      await this.#host.restart();
      await this.begin();
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
    const { losesUncommitted } = this.#ways;
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
