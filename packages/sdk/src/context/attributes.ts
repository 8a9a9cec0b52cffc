import type { Attribute } from "golem:api/context@1.1.6";

/**
 * What a span is about, by name.
 *
 * @example
 * ```ts
 * const about: Attributes = { customer, order: orderId };
 * using span = startSpan("charge", about);
 * ```
 */
export type Attributes = Readonly<Record<string, string>>;

export function fromAttributes(attributes: readonly Attribute[]): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.val]));
}

export function toAttributes(attributes: Attributes): Attribute[] {
  return Object.entries(attributes).map(([key, val]) => ({ key, value: { tag: "string", val } }));
}
