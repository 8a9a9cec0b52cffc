/**
 * The JavaScript name of a WIT name: `order-line` becomes `orderLine`, `HTTP-status` becomes `httpStatus`.
 * It is the spelling that guests and the host see in records, flags and functions.
 */
export function camelCase(kebab: string): string {
  const [first = "", ...rest] = kebab.toLowerCase().split("-");
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** The JavaScript name of a resource's class: `order-line` becomes `OrderLine`. */
export function pascalCase(kebab: string): string {
  const name = camelCase(kebab);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
