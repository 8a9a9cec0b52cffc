import { expect, test } from "vitest";
import { wantedWorkers } from "../src/wanted-workers.ts";

test.for<readonly [only: readonly string[], worker: string, isWanted: boolean]>([
  [[], "shop:cart/ada", true],
  [["shop:cart"], "shop:cart/ada", true],
  [["shop:cart"], "shop:carts/ada", false],
  [["shop:cart/ada"], "shop:cart/ada", true],
  [["shop:cart/ada"], "shop:cart/bob", false],
  [["shop:cart/ada", "shop:orders"], "shop:orders/o-1", true],
])("of %j the worker %s is wanted: %j", ([only, worker, isWanted]) => {
  expect(wantedWorkers(only)(worker)).toBe(isWanted);
});
