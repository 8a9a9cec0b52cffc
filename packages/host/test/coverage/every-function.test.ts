import { expect, test } from "vitest";

import { HOST_INTERFACES } from "../../src/interfaces/registry.ts";
import { functionText, platformFunctions } from "./platform-functions.ts";

test("the host implements every function that Golem 1.2 offers", () => {
  const offered = new Set(
    HOST_INTERFACES.flatMap(({ name, functions }) => Object.keys(functions).map((key) => `${name}.${key}`)),
  );
  expect(
    platformFunctions()
      .map(functionText)
      .filter((name) => !offered.has(name)),
  ).toEqual([]);
});
