import { expect, test } from "vitest";

import { failure } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["probe"], { shards: 2 });

test("a reset removes a worker whose guest never yields, with all others", async () => {
  const names = Array.from({ length: 6 }, (_, at) => `other-${at}`);
  for (const name of names) await hosted().worker(name).trigger("bump", 1n);
  const endless = hosted().worker("endless");
  const result = failure(endless.call("busy", 2 ** 32 - 1));

  await hosted().host.simulation.reset();

  expect(await result).toBe("RuntimeError: Interrupted via the Golem API");
  const { workers } = await hosted().host.workers.list(hosted().componentId("probe"));
  expect(workers).toEqual([]);
  expect(await endless.call("add", 1n)).toBe(1n);
});
