/**
 * A server whose faults a host has too, so that a test finds what would fail there: `golem-1.2`, as Golem 1.2.0 was measured.
 *
 * - A worker that awaited a promise and deleted it is never replayed again.
 * - A worker that awaits a promise is not woken when another worker completes it, but by its next call.
 * - No jump goes to where an earlier one has led: `set-oplog-index` fails the worker.
 * - TCP and UDP are `access-denied`. HTTP and the lookup of names are not.
 * - A container of the blob store that is cleared is gone.
 * - Workers cannot update, fork or revert workers; the server's interface can.
 */
export type Strictness = "golem-1.2";

const STRICTNESSES: readonly string[] = ["golem-1.2"] satisfies readonly Strictness[];

/** @throws TypeError for what is none */
export function checkStrictness(strict: string | undefined): void {
  if (strict === undefined || STRICTNESSES.includes(strict)) return;
  throw new TypeError(`A host cannot be as strict as "${strict}", only as ${STRICTNESSES.join(", ")}.`);
}
