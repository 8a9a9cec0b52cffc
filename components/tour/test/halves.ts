import { openOutsideWorld, type OutsideWorld } from "@golem-kit/cli";
import { test as base, type TestHost, type TestWorker } from "@golem-kit/testing";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The tour is there twice: by the bindings alone, and with the SDK. */
export const halves = ["raw", "sdk"] as const;

export type Half = (typeof halves)[number];

/** A worker of the tour, as one half of it sees it. */
export interface Guest {
  readonly name: string;
  readonly worker: TestWorker;
  /** Calls a function of the half. */
  readonly call: (name: string, ...values: readonly unknown[]) => Promise<unknown>;
}

interface Fixtures {
  /** Servers on this machine whom workers talk to. */
  readonly neighbours: OutsideWorld;
  /** @param name @default one that no other guest has */
  readonly guest: (half: Half, name?: string) => Guest;
  /** Makes a version of the tour's component, of the same code. Workers that are made from now on have it. */
  readonly newVersion: () => Promise<bigint>;
}

const wasmPath = join(import.meta.dirname, "../dist/kit_tour.wasm");

export const test = base.extend<Fixtures>({
  neighbours: [
    async ({}, use) => {
      await using neighbours = await openOutsideWorld();
      await use(neighbours);
    },
    { scope: "file" },
  ],
  guest: ({ worker }, use) => use((half, name) => guestOf(worker("kit:tour", name), half)),
  newVersion: ({ host }, use) => use(() => newVersion(host)),
});

/** Uploads the tour's component again, as a new version of it. */
export async function newVersion({ components }: TestHost): Promise<bigint> {
  const [current] = components.list("kit:tour");
  if (current === undefined) throw new Error("kit:tour is not deployed");
  const { componentId } = current.versionedComponentId;
  const { dynamicLinking } = current.metadata;
  const updated = await components.update(componentId, { wasm: await readFile(wasmPath), dynamicLinking });
  return BigInt(updated.versionedComponentId.version);
}

/** A worker of the tour, seen by one half of it. */
export function guestOf(worker: TestWorker, half: Half): Guest {
  return {
    name: worker.name,
    worker,
    call: (name, ...values) => worker.invoke(`kit:tour-exports/${half}.{${name}}`, ...values),
  };
}
