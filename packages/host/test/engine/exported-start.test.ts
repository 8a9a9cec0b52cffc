import { expect, test } from "vitest";

import { exportStart, runStart } from "../../src/engine/exported-start.ts";

const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const TYPE = [1, 4, 1, 0x60, 0, 0];
/** `host.wait`, function 0. */
const IMPORT = [2, 13, 1, 4, ...Buffer.from("host"), 4, ...Buffer.from("wait"), 0, 0];
/** Function 1, which calls function 0. */
const FUNCTION = [3, 2, 1, 0];
const CODE = [10, 6, 1, 4, 0, 0x10, 0, 0x0b];
const EXPORT = [7, 7, 1, 3, ...Buffer.from("run"), 0, 1];
const START = [8, 1, 1];

function moduleOf(...sections: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([PREAMBLE, ...sections].flat());
}

const { Suspending } = WebAssembly as unknown as {
  readonly Suspending: new (fn: () => Promise<void>) => WebAssembly.ImportValue;
};

/** Instantiates a module whose import waits. */
async function instantiate(module: Uint8Array, waited: () => void): Promise<WebAssembly.Instance> {
  const wait = new Suspending(async () => {
    await Promise.resolve();
    waited();
  });
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(module), { host: { wait } });
  return instance;
}

test.each([
  ["exports", moduleOf(TYPE, IMPORT, FUNCTION, EXPORT, START, CODE), ["golem-kit:start", "run"]],
  ["no exports", moduleOf(TYPE, IMPORT, FUNCTION, START, CODE), ["golem-kit:start"]],
])("the start function of a module with %s may wait", async (_, module, names) => {
  let calls = 0;
  const instance = await instantiate(exportStart(module), () => (calls += 1));

  expect(Object.keys(instance.exports).toSorted()).toEqual(names);
  expect(calls).toBe(0);
  await runStart(instance);
  expect(calls).toBe(1);
});

test("a module without a start function is left as it is, and nothing is run", async () => {
  const module = moduleOf(TYPE, IMPORT, FUNCTION, EXPORT, CODE);
  expect(exportStart(module)).toBe(module);
  await runStart(await instantiate(module, () => expect.unreachable("nothing starts")));
});
