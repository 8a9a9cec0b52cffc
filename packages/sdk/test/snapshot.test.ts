import { expect, test } from "vitest";

import { type Codec, textCodec } from "../src/codec.ts";
import { snapshots } from "../src/snapshot.ts";

test("a state of any kind is taken over", async () => {
  const stock = new Map([["tea", { left: 2n, until: new Date(0) }]]);
  let taken: typeof stock | undefined;
  const { saveSnapshot, loadSnapshot } = snapshots<typeof stock>({
    save: () => stock,
    load: (saved) => void (taken = saved),
  });

  await loadSnapshot.load(await saveSnapshot.save());

  expect(taken).toStrictEqual(stock);
});

test("a codec that loses some of the state fails the update, with the place", async () => {
  const lossy: Codec<{ tea: Map<string, number> }> = {
    name: "plain JSON",
    encode: (value) => textCodec.encode(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(textCodec.decode(bytes)) as { tea: Map<string, number> },
  };
  const { saveSnapshot } = snapshots({
    save: () => ({ tea: new Map([["green", 1]]) }),
    load: () => {},
    codec: lossy,
  });

  await expect(saveSnapshot.save()).rejects.toThrow(
    'The codec "plain JSON" does not read the state as it was written: state.tea differs. Nothing was updated; mend the codec.',
  );
});
