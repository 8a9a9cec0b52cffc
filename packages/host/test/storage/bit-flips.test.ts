import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";

import type { Component } from "../../src/index.ts";
import { PartitionStore } from "../../src/storage/partition-store.ts";
import { openSharedStores, type SharedStores } from "../../src/storage/shared-stores.ts";
import { StorageError } from "../../src/ground/storage-error.ts";
import { campaignSize } from "../campaign-size.ts";

const RUNS = campaignSize(300, 20_000);
const TIMEOUT = Math.max(60_000, RUNS * 100);
const NUMBERS = Array.from({ length: 30 }, (_, number) => number);
const text = new TextEncoder();

/** What is read of an open database: each thing by itself, because only some of it may be damaged. */
type Reads = readonly (() => unknown)[];

/**
 * Flips bits of a closed file, one at a time, and reads all there is.
 *
 * @param open with the file, whatever its content
 */
async function tryFlips(file: string, open: (file: string) => Disposable & { reads: Reads }): Promise<void> {
  const content = readFileSync(file);
  using whole = open(file);
  const expected = whole.reads.map((read) => read());
  const damaged = `${file}.damaged`;
  const problemAfter = (at: number, bit: number): unknown => {
    const changed = Buffer.from(content);
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
    writeFileSync(damaged, changed);
    try {
      using opened = open(damaged);
      const answers = opened.reads.map((read) => {
        try {
          return read();
        } catch (error) {
          return error;
        }
      });
      return answers.find(
        (answer, read) => !isNamed(answer, damaged) && !isDeepStrictEqual(answer, expected[read]),
      );
    } catch (error) {
      return isNamed(error, damaged) ? undefined : error;
    } finally {
      for (const suffix of ["", "-wal", "-shm"]) rmSync(damaged + suffix, { force: true });
    }
  };
  // What counts most is at the beginning of the file and of each of its pages.
  const place = fc.oneof(
    fc.noBias(fc.nat(content.length - 1)),
    fc.noBias(fc.nat(99)),
    fc
      .tuple(fc.noBias(fc.nat(content.length / 4096 - 1)), fc.noBias(fc.nat(199)))
      .map(([page, at]) => page * 4096 + at),
  );
  fc.assert(
    fc.property(place, fc.nat(7), (at, bit) => {
      expect({ at, bit, problem: problemAfter(at, bit) }).toEqual({ at, bit, problem: undefined });
    }),
    { numRuns: RUNS, seed: 1, endOnFailure: true },
  );
}

function isNamed(error: unknown, file: string): boolean {
  return error instanceof StorageError && error.message.includes(file);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function workerId(number: number) {
  return { componentId: "component", workerName: `worker ${number % 7}` };
}

function promiseId(number: number) {
  return { workerId: workerId(number), oplogIdx: number };
}

function fill({ components, keyValue, blobs, promises, schedule }: SharedStores): void {
  for (let version = 0; version < 3; version += 1) {
    const versionedComponentId = { componentId: "component", version };
    const component = { versionedComponentId, componentName: "test:component" } as Component;
    components.add({ wasmHash: "hash", component });
  }
  blobs.createContainer("container", 1);
  for (const number of NUMBERS) {
    keyValue.set("bucket", `key ${number}`, text.encode("value ".repeat(number * 5)));
    promises.create(promiseId(number), true);
    if (number % 2 === 0) promises.complete(promiseId(number), text.encode(`data ${number}`), "me");
    if (number % 3 === 0) promises.await(promiseId(number));
    schedule.add({ id: `entry ${number}`, at: number, action: { type: "wake", workerId: workerId(number) } });
    if (number % 5 === 0) blobs.write("container", `object ${number}`, text.encode("x"), 3);
  }
}

function readsOf({ components, keyValue, blobs, promises, schedule }: SharedStores): Reads {
  const fail = (error: StorageError): never => {
    throw error;
  };
  return [
    () => components.all(),
    () => [components.latestVersion("component"), components.idOf("test:component")],
    () => keyValue.keys("bucket"),
    () => blobs.objects("container"),
    () => blobs.container("container"),
    () => promises.fulfilledWorkers(fail),
    () => {
      schedule.damage().forEach(fail);
      return [schedule.nextAfter(7), schedule.due(1_000, 100)];
    },
    ...NUMBERS.flatMap((number) => [
      () => keyValue.get("bucket", `key ${number}`),
      () => promises.get(promiseId(number)),
      () => blobs.info("container", `object ${number}`),
    ]),
  ];
}

test(
  "a bit that is flipped in what all workers share is named, or does no harm",
  async () => {
    const folder = temporaryFolder();
    const file = join(folder, "shared.sqlite");
    const open = (shared: string) => {
      const stores = openSharedStores({ shared, blobs: folder }, "normal", true);
      return { stores, reads: readsOf(stores), [Symbol.dispose]: () => stores.close() };
    };
    {
      using opened = open(file);
      fill(opened.stores);
    }
    await tryFlips(file, open);
  },
  TIMEOUT,
);

test(
  "a bit that is flipped in a file of oplogs is named, or does no harm",
  async () => {
    const file = join(temporaryFolder(), "oplog-0.sqlite");
    const open = (path: string) => {
      const store = new PartitionStore(path, "normal");
      const reads = [
        () => store.activeWorkers(),
        () => store.listWorkers("component", 0, 100),
        ...NUMBERS.slice(0, 7).map((number) => () => {
          const found = store.findWorker(workerId(number));
          return found && [found, store.lastIndex(found.row), store.oplogRows(found.row, 1, 1_000)];
        }),
      ];
      return { store, reads, [Symbol.dispose]: () => store.close() };
    };
    {
      using opened = open(file);
      for (const number of NUMBERS) {
        const id = workerId(number);
        const at = Math.floor(number / 7) + 1;
        const row = { first: at, last: at, data: text.encode("entries ".repeat(number * 4)) };
        const found = opened.store.findWorker(id);
        if (found === undefined) opened.store.createWorker(id, [row], false);
        else opened.store.append(found, row, number % 2 === 0);
      }
    }
    await tryFlips(file, open);
  },
  TIMEOUT,
);
