import { expect, test } from "vitest";
import { createHost, type HostOptions } from "../../src/index.ts";

test("an option that there is not is answered with the nearest one", async () => {
  // A caller without types.
  const options = { retryDelay: false } as HostOptions;

  await expect(createHost(options)).rejects.toThrow(
    'A host has no option "retryDelay". Did you mean "retryDelays"?',
  );
});

test("a strictness that there is not is answered with what there is", async () => {
  await expect(createHost({ strict: "golem-2" } as unknown as HostOptions)).rejects.toThrow(
    'A host cannot be as strict as "golem-2", only as golem-1.2.',
  );
});

test("an option that is like none is answered with all of them", async () => {
  await expect(createHost({ colour: "green" } as HostOptions)).rejects.toThrow(/There are dataDir, shards, /);
});
