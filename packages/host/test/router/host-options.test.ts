import { expect, test } from "vitest";
import { createHost, type HostOptions } from "../../src/index.ts";

test("an option that there is not is answered with the nearest one", async () => {
  // A caller without types.
  const options = { retryDelay: false } as HostOptions;

  await expect(createHost(options)).rejects.toThrow(
    'A host has no option "retryDelay". Did you mean "retryDelays"?',
  );
});

test("an option that is like none is answered with all of them", async () => {
  await expect(createHost({ colour: "green" } as HostOptions)).rejects.toThrow(/There are dataDir, shards, /);
});
