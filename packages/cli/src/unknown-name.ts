import { nearestName } from "@golem-kit/wit";
import { UserError } from "./user-error.ts";

/**
 * The error for a name that is none of the known ones.
 *
 * @param kind what it should be the name of, e.g. `component`
 */
export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const nearest = nearestName(name, known);
  const remedy =
    nearest !== undefined
      ? `Did you mean "${nearest}"?`
      : known.length > 0
        ? `Known: ${known.join(", ")}.`
        : "There is none.";
  return new UserError(`Unknown ${kind} "${name}". ${remedy}`);
}
