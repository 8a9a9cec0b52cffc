import type { Stage } from "./stage.ts";

/** A part of the story. Everything that it tells must be what really happened. */
export interface Scene {
  readonly title: string;
  /** Components that must be there: without them the scene is left out. */
  readonly needs: readonly string[];
  readonly play: (stage: Stage) => Promise<void>;
}
