import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, story } from "../hosted.ts";

describe("what a guest does not want to be persisted", () => {
  let hosted: Hosted;
  beforeAll(async () => {
    await fixtureComponent("forker");
    hosted = await Hosted.open(["forker"], { suspendAfter: 60_000 });
  }, 120_000);
  afterAll(() => hosted[Symbol.asyncDispose]());

  test("is not replayed", async () => {
    const worker = hosted.worker("skipped", "forker");
    await worker.call("unpersisted-log");
    const drawn = await worker.call("draw");
    await hosted.restart();
    expect(await worker.call("draw")).toBe(drawn);
  });

  test("may be left out on a replay, with the changes of the level", async () => {
    const worker = hosted.worker("left-out", "forker");
    const drawn = await worker.callWithKey("k", "unpersisted-when-live");
    await worker.crash();
    expect(await worker.call("add", 1n)).toBe(1n);
    expect(await worker.callWithKey("k", "unpersisted-when-live")).toBe(drawn);
    expect(await hosted.host.simulation.replay(worker.id)).toMatchObject({ replays: true });
  });

  test("is done again when the worker is lost in the middle of it", async () => {
    const worker = hosted.worker("again", "forker");
    const result = worker.call("unpersisted", 400);
    const draws = async () => story(await worker.oplog()).filter((each) => /random/.test(each)).length;
    await expect.poll(draws, { interval: 10 }).toBe(1);
    await worker.crash();
    await result;
    expect(await draws()).toBe(2);
  });

  test("is told by a replay with the call that was not recorded, and what to do", async () => {
    const worker = hosted.worker("told", "forker");
    await worker.call("unpersisted", 0);

    expect(await hosted.host.simulation.replay(worker.id)).toMatchObject({
      replays: false,
      expected: "a call of golem random::get_random_u64",
      message: expect.stringMatching(
        /the component calls golem random::get_random_u64 under the persistence level persist-nothing, where nothing was recorded[^]*\n {2}\d+ ChangePersistenceLevel\n> \d+ [^]*\nWhat to do: /,
      ),
    });
  });

  test("cannot be replayed once it is over", async () => {
    const worker = hosted.worker("over", "forker");
    await worker.call("unpersisted", 0);
    await worker.crash();
    await hosted.restart();
    expect(await failure(worker.call("add", 1n))).toContain(
      "Trying to replay an durable invocation in a PersistNothing block",
    );
  });
});
