import { expect, inject, test } from "vitest";

import { readCalledFunctions } from "./called-functions.ts";
import { functionText, platformFunctions } from "./platform-functions.ts";

const file = inject("calledFunctions");

test.skipIf(file === undefined)("the tests call every function that Golem 1.2 offers", () => {
  const called = readCalledFunctions(file ?? "");
  const callable = platformFunctions().filter(({ canBeCalled }) => canBeCalled);
  expect(callable.map(functionText).filter((name) => !called.has(name))).toEqual([]);
});
