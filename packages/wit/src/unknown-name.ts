import { NameError } from "./name-error.ts";
import { nearestName } from "./nearest-name.ts";

/**
 * The error for a name that is none of the known ones.
 *
 * @param kind what it should name, e.g. `component`
 * @param place where it is missing, e.g. `in golem.yaml`
 */
export function unknownName(
  kind: string,
  name: string,
  { place, known }: { readonly place: string; readonly known: Iterable<string> },
): NameError {
  const names = [...known];
  const nearest = nearestName(name, names);
  const remedy =
    nearest !== undefined
      ? `Did you mean "${nearest}"?`
      : names.length > 0
        ? `There are ${names.join(", ")}.`
        : "There is none at all.";
  return new NameError(`There is no ${kind} "${name}" ${place}. ${remedy}`);
}
