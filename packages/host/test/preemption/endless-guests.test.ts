import { expect, test } from "vitest";

import { failure } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["spinner"], { shards: 1 });

test.each([
  "compute",
  "recurse",
  "clock",
  "random",
  "key",
  "log",
  "stdout",
  "sleep-zero",
  "index",
  "get",
  "set",
])(
  "a guest that never yields (%s) keeps neither its neighbours nor who interrupts it waiting",
  async (kind) => {
    const endless = hosted().worker(`endless-${kind}`, "spinner");
    const neighbour = hosted().worker(`neighbour-${kind}`, "spinner");
    await neighbour.call("add", 1);
    await endless.call("add", 1);
    const outcome = failure(endless.call("forever", kind));

    for (let total = 2; total < 10; total += 1) expect(await neighbour.call("add", 1)).toBe(total);
    expect(await endless.status()).toBe("Running");
    await endless.interrupt();

    expect(await outcome).toBe("RuntimeError: Interrupted via the Golem API");
  },
);
