import { afterAll, expect } from "vitest";
import { halves, test } from "./halves.ts";
import { plays } from "./plays.ts";

const played = halves.flatMap((half) =>
  Object.entries(plays).map(([name, play]) => [`${half}.${name}`, half, play] as const),
);

const count = { tried: 0 };

afterAll(() => {
  process.stdout.write(`The tour was crashed after ${count.tried} oplog entries\n`);
});

test("every function of the tour is tried", ({ workspace }) => {
  const exports = workspace.components.get("kit:tour")?.metadata.exports as readonly {
    readonly name: string;
    readonly functions: readonly { readonly name: string }[];
  }[];
  const exported = halves.flatMap((half) =>
    exports
      .filter(({ name }) => name === `kit:tour-exports/${half}`)
      .flatMap(({ functions }) => functions.map(({ name }) => `${half}.${name}`)),
  );

  expect(played.map(([title]) => title).toSorted()).toEqual(exported.toSorted());
});

test.for(played)(
  "%s answers the same when it crashes after every second entry of its oplog",
  { timeout: 120_000 },
  async ([, half, play], { guest, neighbours, newVersion }) => {
    const [undisturbed, disturbed] = [guest(half), guest(half)];
    const expected = await play(undisturbed, { neighbours, newVersion, other: guest(half) });
    const all = await undisturbed.worker.oplog();
    // The campaign crashes after each of them.
    const entries = all.filter((_, at) => at % 2 === 0);
    count.tried += entries.length;

    const [first] = entries.map(({ oplogIndex }) => disturbed.worker.crash.afterEntry(oplogIndex));
    expect(await play(disturbed, { neighbours, newVersion, other: guest(half) })).toEqual(expected);
    expect(await first?.happened).toBe(true);
  },
);
