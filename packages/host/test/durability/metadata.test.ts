import { expect, test } from "vitest";

import { failure, Hosted } from "../hosted.ts";

test("a worker that was loaded from its oplog has the metadata that it had before", async () => {
  await using hosted = await Hosted.open();
  const [worker, failed, waiting] = [
    hosted.worker("worker"),
    hosted.worker("failed"),
    hosted.worker("waiting"),
  ];
  await worker.call("scenario");
  await worker.call("fail-until", 2);
  await worker.call("tally(5).add", 1);
  await worker.call("tally.new", 1);
  await worker.call("retry-fast", 2);
  await failure(failed.call("fail", "for good"));
  await waiting.trigger("await-promise", await waiting.call("create-promise"));
  await expect.poll(() => waiting.status()).toBe("Suspended");
  const all = () => Promise.all([worker, failed, waiting].map((each) => each.metadata()));
  const before = await all();
  await hosted.restart();
  expect(await all()).toEqual(before);
});
