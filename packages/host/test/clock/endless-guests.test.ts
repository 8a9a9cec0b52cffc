import { expect, test } from "vitest";

import { failure } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["probe"], { patience: 300 });

test("time that a guest keeps from passing by computing is refused, with the worker's name", async () => {
  const endless = hosted().worker("endless");
  // Now it is there: what is to be loaded takes its time, too.
  await endless.call("busy", 1);
  const outcome = failure(endless.call("busy", 4_000_000_000));
  const passed = failure(hosted().host.simulation.clock.advance(3_600_000));

  expect(await passed).toMatch(
    /^Error: The host does not come to rest: for 0\.3 s nothing has happened, and test:probe\/endless still runs\. What to do: .*interrupt/,
  );
  expect(await hosted().host.simulation.clock.waits()).toEqual([]);
  await endless.interrupt();
  expect(await outcome).toMatch(/Interrupted via/);
});
