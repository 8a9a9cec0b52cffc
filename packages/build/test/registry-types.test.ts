import { describe, expect, test } from "vitest";
import { registryTypes } from "../src/types/registry-types.ts";

describe("what tests know of a component", () => {
  const text = registryTypes({
    component: "shop:cart",
    exports: ["shop:cart-exports/api", "shop:cart-exports/admin"],
    interfaces: new Map([
      [
        "shop:cart-exports/api",
        "  export type Line = import('shop:cart-exports/types').Line;\n  export function add(): Line;",
      ],
      ["shop:cart-exports/admin", "  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;"],
      ["shop:cart-exports/types", "  export type Line = string;"],
      ["shop:orders-exports/api", "  export function get(): string;"],
    ]),
  });

  test("are its exports, by interface", () => {
    expect(text).toContain(`interface GolemKitComponents {
  "shop:cart": {
    "shop:cart-exports/api": typeof import("golem-kit:shop:cart/shop:cart-exports/api");
    "shop:cart-exports/admin": typeof import("golem-kit:shop:cart/shop:cart-exports/admin");
  };
}
`);
  });

  test("has modules of its own, with what they refer to and nothing else", () => {
    expect(Array.from(text.matchAll(/declare module "(.*)"/g), ([, name]) => name)).toEqual([
      "golem-kit:shop:cart/shop:cart-exports/api",
      "golem-kit:shop:cart/shop:cart-exports/admin",
      "golem-kit:shop:cart/shop:cart-exports/types",
    ]);
    expect(text).toContain("import('golem-kit:shop:cart/shop:cart-exports/types').Line");
    expect(text).toContain("import('wasi:io/poll@0.2.0').Pollable");
  });
});
