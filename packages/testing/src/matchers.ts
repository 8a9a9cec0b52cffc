import type { ReplayReport } from "@golem-kit/host";
import { expect } from "vitest";
import { ReplayTarget } from "./replay-target.ts";
import { TestWorker } from "./test-worker.ts";

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
    async toReplayOn(file: unknown, component: unknown) {
      if (typeof file !== "string")
        throw new TypeError(
          "toReplayOn() is about the path of an oplog file: expect(path).toReplayOn(component)",
        );
      if (!(component instanceof ReplayTarget))
        throw new TypeError(
          `toReplayOn() wants a component of the workspace: expect(path).toReplayOn(component(${typeof component === "string" ? JSON.stringify(component) : '"shop:cart"'}))`,
        );
      return verdict(`${file} on ${component.name}`, await component.replay(file));
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
