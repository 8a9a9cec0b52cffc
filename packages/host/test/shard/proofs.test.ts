import { expect, test } from "vitest";

import type { ReplayReport } from "../../src/ground/api/simulation.ts";
import { Proofs, type ProvenWorker } from "../../src/shard/proofs.ts";

const DIFFERS: ReplayReport = {
  replays: false,
  index: 7,
  expected: "a call",
  found: "another",
  message: "Entry 7 differs.",
};

/** What is proven, and noticed, of a worker that came back from an image and rests three times. */
async function proven(
  report: ReplayReport,
  { random = 0, lastIndex = 10 } = {},
): Promise<{ readonly replays: number; readonly notices: readonly string[] }> {
  const restored = [true];
  const worker: ProvenWorker = {
    id: { componentId: "c", workerName: "w" },
    journal: { oplog: { lastIndex } },
    takeRestored: () => restored.pop() ?? false,
  };
  let replays = 0;
  const notices: string[] = [];
  const proofs = new Proofs({
    replay: () => {
      replays += 1;
      return Promise.resolve(report);
    },
    random: () => random,
    notice: (_, message) => notices.push(message),
  });
  for (let rest = 0; rest < 3; rest += 1) {
    proofs.rests(worker);
    await new Promise(setImmediate);
  }
  return { replays, notices };
}

test("what came back from an image and cannot be replayed is told", async () => {
  const { replays, notices } = await proven(DIFFERS);
  expect(replays).toBe(1);
  expect(notices).toEqual([expect.stringContaining("Entry 7 differs. What to do:")]);
});

test("of what is replayed nothing is told", async () => {
  expect(await proven({ replays: true, lastIndex: 10 })).toEqual({ replays: 1, notices: [] });
});

test.each([
  ["most recoveries", { random: 0.5 }],
  ["oplogs that take long", { lastIndex: 200_000 }],
])("%s are not proven", async (_, what) => {
  expect((await proven(DIFFERS, what)).replays).toBe(0);
});
