import { expect, test } from "vitest";

import { readOplog, writeOplog } from "../fixtures/oplog-copies.ts";
import { Hosted } from "../hosted.ts";
import { Origin } from "./origin.ts";

test("wherever a worker dies, its requests are sent again until they are recorded whole, and never after", async () => {
  await using origin = await Origin.open({
    "/hello": (_, response) => response.end(`hello ${origin.count("/hello")}`),
  });
  await using hosted = await Hosted.open(["fetcher"]);
  const original = hosted.worker("original", "fetcher");
  const urls = [origin.url("/hello"), origin.url("/hello")];
  await original.callWithKey("k", "get-all", urls);
  await hosted.stop();
  const entries = readOplog(hosted.dataDir, original.id);
  const copy = (length: number) => hosted.worker(`after-${length}`, "fetcher");
  const lengths = entries.map((_, at) => at + 1).filter((length) => length >= 2);
  for (const length of lengths) writeOplog(hosted.dataDir, copy(length).id, entries.slice(0, length));
  await hosted.start();

  for (const length of lengths) {
    const result = (await copy(length).callWithKey("k", "get-all", urls)) as string[];
    expect(result.every((text) => /^hello \d+$/.test(text))).toBe(true);
  }
  // Two requests that overlap are repeated together as long as one of them is not whole.
  const ends = entries.flatMap(({ type }, at) => (type === "EndRemoteWrite" ? [at] : []));
  const incomplete = lengths.filter((length) => length <= (ends[1] ?? 0));
  expect(incomplete.length).toBeGreaterThan(20);
  expect(origin.count("/hello")).toBe(2 + 2 * incomplete.length);
}, 60_000);
