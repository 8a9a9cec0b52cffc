import type { WorkerLimits } from "@golem-kit/host";
import { nearestName } from "@golem-kit/wit";
import { readSize } from "./read-size.ts";
import { UserError } from "./user-error.ts";

/**
 * Reads `oplogSize=64MiB`, one text for each limit.
 *
 * @param known every limit that there is
 * @throws UserError for a limit that there is not, or a value that is none
 */
export function readLimits(texts: readonly string[], known: WorkerLimits): Partial<WorkerLimits> {
  return Object.fromEntries(texts.map((text) => readLimit(text, Object.keys(known))));
}

function readLimit(text: string, known: readonly string[]): readonly [name: string, value: number] {
  const [name = "", value] = text.split("=", 2);
  if (!known.includes(name)) {
    const nearest = nearestName(name, known);
    const remedy = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    throw refused(`Workers have no limit "${name}".${remedy} There are ${known.join(", ")}.`);
  }
  if (value === undefined)
    throw refused(`The limit "${name}" has no value: write it like --limit ${name}=1000.`);
  const size = readSize(`The limit "${name}"`, value);
  if (size === 0) throw refused(`The limit "${name}" is 0: it must be a positive number.`);
  return [name, size];
}

function refused(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}
