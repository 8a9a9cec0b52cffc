/**
 * The JavaScript name of a WIT name: `order-line` becomes `orderLine`, `HTTP-status` becomes `httpStatus`.
 * It is the spelling that guests and the host see in records, flags and functions.
 */
export function camelCase(kebab: string): string {
  const [first = "", ...rest] = kebab.toLowerCase().split("-");
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
