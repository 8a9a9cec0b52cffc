/**
 * What the host offers to REST, the command line and tests. Every operation is durable when its promise resolves:
 * it survives the death of the process.
 *
 * Shapes that cross the REST boundary are Golem's own JSON shapes, so that REST only has to write them down.
 */

import type { Components } from "./components.ts";
import type { Simulation } from "./simulation.ts";
import type { Workers } from "./workers.ts";

export interface Host extends AsyncDisposable {
  readonly dataDir: string;
  readonly components: Components;
  readonly workers: Workers;
  /** What could not be read when the host was opened, by file; workers in other files are as they were. */
  readonly damage: readonly string[];
  /** For tests. */
  readonly simulation: Simulation;
  /** Ends every thread, timer and file handle; a second call does nothing. */
  close(): Promise<void>;
}
