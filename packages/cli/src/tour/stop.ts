import type { Host } from "@golem-kit/host";
import type { Guest } from "./guest.ts";
import type { OutsideWorld } from "./outside-world.ts";

/** What one thing of the platform does, shown by functions of the tour. */
export interface Stop {
  /** The package, and what of it: `wasi:keyvalue, one value`. */
  readonly title: string;
  /** In a sentence. */
  readonly shows: string;
  /** Why Golem 1.2 fails the worker that does this: docs/golem-1.2.md. @default it does not */
  readonly failsOnGolem?: string;
  /** Calls them through one half of the tour. @throws Error if something is not as it should be */
  readonly play: (guest: Guest, surroundings: Surroundings) => Promise<void>;
}

/** What is around the workers. */
export interface Surroundings {
  readonly host: Host;
  readonly outside: OutsideWorld;
  /** Makes a new version of the tour's component, of the same code. @returns its number */
  readonly newVersion: () => Promise<number>;
}
