import { readFile } from "node:fs/promises";
import type { ReplayReport } from "@golem-kit/host";
import { expect } from "vitest";
import { TestWorker } from "./test-worker.ts";

/** What of a workspace a saved oplog is replayed on. */
export interface ReplayTarget {
  readonly name: string;
  replay(text: string): Promise<ReplayReport>;
}

interface ReplayMatchers {
  /**
   * A worker's whole oplog replays on a fresh instance: `await expect(worker).toReplay()`. The worker goes on as it does.
   * The failure names the entry, what is expected there and found, and shows the entries around.
   */
  toReplay(): Promise<void>;
  /**
   * A saved oplog, the path of its file, replays on a component as it is now:
   * `await expect("test/checkout.oplog.jsonl").toReplayOn(component("shop:cart"))`. `golem-kit oplog --save` and
   * {@link TestWorker.saveOplog} record such files.
   */
  toReplayOn(component: ReplayTarget): Promise<void>;
}

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends ReplayMatchers {}
}

/** Adds {@link ReplayMatchers} to vitest's `expect`. */
export function extendExpect(): void {
  expect.extend({
    async toReplay(worker: unknown) {
      if (!(worker instanceof TestWorker))
        throw new TypeError("toReplay() is about a worker: expect(worker).toReplay()");
      return verdict(worker.title, await worker.replay());
    },
    async toReplayOn(file: unknown, component: ReplayTarget) {
      if (typeof file !== "string")
        throw new TypeError(
          "toReplayOn() is about the path of an oplog file: expect(path).toReplayOn(component)",
        );
      return verdict(`${file} on ${component.name}`, await component.replay(await readFile(file, "utf8")));
    },
  });
}

function verdict(
  title: string,
  report: ReplayReport,
): { readonly pass: boolean; readonly message: () => string } {
  return {
    pass: report.replays,
    message: () =>
      report.replays
        ? `${title} replays to its entry ${report.lastIndex}`
        : `${title} does not replay.\n${report.message}`,
  };
}
