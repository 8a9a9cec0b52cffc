import { camelCase } from "@golem-kit/wit";

/** The JavaScript name of a resource's class: `order-line` → `OrderLine`. */
export function pascalCase(kebab: string): string {
  const name = camelCase(kebab);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
