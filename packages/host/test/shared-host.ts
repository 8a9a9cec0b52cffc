import { afterAll, beforeAll } from "vitest";

import type { HostOptions } from "../src/index.ts";
import type { FixtureName } from "./fixtures/fixture-component.ts";
import { Hosted } from "./hosted.ts";

/** One host for all tests of the surrounding `describe`, or of the file: opening one takes half a second. */
export function sharedHost(
  components: readonly FixtureName[] = ["probe"],
  options: HostOptions = {},
): () => Hosted {
  let hosted: Hosted | undefined;
  beforeAll(async () => {
    hosted = await Hosted.open(components, options);
  });
  afterAll(() => hosted?.[Symbol.asyncDispose]());
  return () => {
    if (hosted === undefined) throw new Error("The host is not there before the first test");
    return hosted;
  };
}
