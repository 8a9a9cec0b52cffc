import { beforeAll, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";

const HOUR = 3_600_000;

const host = new RestHost();
const fn = (name: string): string => `test:probe-exports/api.{${name}}`;
let probe: RestComponent;
beforeAll(async () => {
  probe = await host.deployFixture("probe");
});

test("a worker that is to try again refuses what is new, and says why, until it has succeeded", async () => {
  const worker = probe.worker("trying");
  await worker.call(fn("retry-later"), HOUR);
  const first = worker.invokeWithKey("first", fn("fail-until"), 2);
  await worker.reaches("Retrying");

  const { lastError: details } = await worker.metadata();
  expect(await worker.failure(fn("add"), 1)).toEqual({ type: "PreviousInvocationFailed", details });
  expect(await worker.trigger(fn("add"), 1)).toMatchObject({
    status: 500,
    body: { golemError: { type: "PreviousInvocationFailed", details } },
  });

  const again = worker.invokeWithKey("first", fn("fail-until"), 2);
  await host.clock.advance(HOUR);
  expect((await first).status).toBe(200);
  expect(await again).toEqual(await first);
  expect(await worker.call(fn("add"), 1)).toBe(1);
});
