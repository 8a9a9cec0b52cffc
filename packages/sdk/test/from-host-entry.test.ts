import type { OplogEntry as HostEntry } from "golem:api/oplog@1.1.6";
import { expect, test } from "vitest";

import { fromHostEntry } from "../src/oplog/from-host-entry.ts";

const at = { seconds: 1_700_000_000n, nanoseconds: 5_000_001 };
const timestamp = { epochNanoseconds: 1_700_000_000_005_000_001n, epochMilliseconds: 1_700_000_000_005 };
const uuid = { highBits: 0x6f1c3a529d0e4b7an, lowBits: 0x8c215e4f3d2c1b0an };
const uuidText = "6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a";
const hostWorker = { componentId: { uuid }, workerName: "o-1" };
const worker = { componentId: uuidText, workerName: "o-1" };
const hostPlugin = {
  installationId: uuid,
  name: "p",
  version: "1",
  parameters: [["k", "v"]] as [string, string][],
};
const plugin = { installationId: uuidText, name: "p", version: "1", parameters: { k: "v" } };
const value = { nodes: [{ tag: "prim-u32" as const, val: 7 }] };
const attribute = { key: "colour", value: { tag: "string" as const, val: "red" } };

/** What each case has beside its type and its time. */
const CASES: readonly (readonly [HostEntry, object])[] = [
  [{ tag: "suspend", val: at }, {}],
  [{ tag: "no-op", val: at }, {}],
  [{ tag: "interrupted", val: at }, {}],
  [{ tag: "exited", val: at }, {}],
  [{ tag: "restart", val: at }, {}],
  [{ tag: "begin-atomic-region", val: at }, {}],
  [{ tag: "begin-remote-write", val: at }, {}],
  [
    {
      tag: "create",
      val: {
        timestamp: at,
        workerId: hostWorker,
        componentVersion: 2n,
        args: ["a"],
        env: [["K", "v"]],
        accountId: { value: "-1" },
        parent: hostWorker,
        componentSize: 10n,
        initialTotalLinearMemorySize: 20n,
        initialActivePlugins: [hostPlugin],
      },
    },
    {
      workerId: worker,
      componentVersion: 2n,
      args: ["a"],
      env: { K: "v" },
      accountId: "-1",
      parent: worker,
      componentSize: 10n,
      initialTotalLinearMemorySize: 20n,
      initialActivePlugins: [plugin],
    },
  ],
  [
    {
      tag: "imported-function-invoked",
      val: {
        timestamp: at,
        functionName: "f",
        request: value,
        response: value,
        wrappedFunctionType: { tag: "write-remote-batched", val: 4n },
      },
    },
    {
      functionName: "f",
      request: value,
      response: value,
      wrappedFunctionType: { type: "write-remote-batched", beginIndex: 4n },
    },
  ],
  [
    {
      tag: "exported-function-invoked",
      val: {
        timestamp: at,
        functionName: "f",
        request: [value],
        idempotencyKey: "key",
        traceId: "aa",
        traceStates: ["s"],
        invocationContext: [
          [
            {
              tag: "local-span",
              val: {
                spanId: "bb",
                start: at,
                parent: "cc",
                linkedContext: 1n,
                attributes: [attribute],
                inherited: true,
              },
            },
            { tag: "external-span", val: { spanId: "cc" } },
          ],
        ],
      },
    },
    {
      functionName: "f",
      request: [value],
      idempotencyKey: "key",
      traceId: "aa",
      traceStates: ["s"],
      invocationContext: [
        [
          {
            type: "local-span",
            spanId: "bb",
            start: timestamp,
            parent: "cc",
            linkedContext: 1n,
            attributes: { colour: "red" },
            inherited: true,
          },
          { type: "external-span", spanId: "cc" },
        ],
      ],
    },
  ],
  [
    { tag: "exported-function-completed", val: { timestamp: at, response: value, consumedFuel: -1n } },
    { response: value, consumedFuel: -1n },
  ],
  [{ tag: "error", val: { timestamp: at, error: "boom" } }, { error: "boom" }],
  [
    { tag: "jump", val: { timestamp: at, start: 3n, end: 7n } },
    { start: 3n, end: 7n },
  ],
  [
    { tag: "revert", val: { timestamp: at, start: 3n, end: 7n } },
    { start: 3n, end: 7n },
  ],
  [
    {
      tag: "change-retry-policy",
      val: {
        timestamp: at,
        retryPolicy: {
          maxAttempts: 3,
          minDelay: 100_000_000n,
          maxDelay: 1_000_000_007n,
          multiplier: 3,
          maxJitterFactor: 0.15,
        },
      },
    },
    {
      retryPolicy: {
        maxAttempts: 3,
        minDelay: { milliseconds: 100 },
        maxDelay: { milliseconds: 1_000, nanoseconds: 7 },
        multiplier: 3,
        maxJitterFactor: 0.15,
      },
    },
  ],
  [{ tag: "end-atomic-region", val: { timestamp: at, beginIndex: 4n } }, { beginIndex: 4n }],
  [{ tag: "end-remote-write", val: { timestamp: at, beginIndex: 4n } }, { beginIndex: 4n }],
  [
    {
      tag: "pending-worker-invocation",
      val: {
        timestamp: at,
        invocation: {
          tag: "exported-function",
          val: { idempotencyKey: "key", functionName: "f", input: [value] },
        },
      },
    },
    {
      invocation: { type: "exported-function", idempotencyKey: "key", functionName: "f", input: [value] },
    },
  ],
  [
    {
      tag: "pending-worker-invocation",
      val: { timestamp: at, invocation: { tag: "manual-update", val: 3n } },
    },
    { invocation: { type: "manual-update", targetVersion: 3n } },
  ],
  [
    {
      tag: "pending-update",
      val: {
        timestamp: at,
        targetVersion: 3n,
        updateDescription: { tag: "snapshot-based", val: Uint8Array.of(1, 2) },
      },
    },
    { targetVersion: 3n, updateDescription: { type: "snapshot-based", payload: Uint8Array.of(1, 2) } },
  ],
  [
    {
      tag: "pending-update",
      val: { timestamp: at, targetVersion: 3n, updateDescription: { tag: "auto-update" } },
    },
    { targetVersion: 3n, updateDescription: { type: "auto-update" } },
  ],
  [
    {
      tag: "successful-update",
      val: { timestamp: at, targetVersion: 3n, newComponentSize: 9n, newActivePlugins: [hostPlugin] },
    },
    { targetVersion: 3n, newComponentSize: 9n, newActivePlugins: [plugin] },
  ],
  [
    { tag: "failed-update", val: { timestamp: at, targetVersion: 3n, details: undefined } },
    { targetVersion: 3n, details: undefined },
  ],
  [{ tag: "grow-memory", val: { timestamp: at, delta: 65_536n } }, { delta: 65_536n }],
  [{ tag: "create-resource", val: { timestamp: at, resourceId: 1n } }, { resourceId: 1n }],
  [{ tag: "drop-resource", val: { timestamp: at, resourceId: 1n } }, { resourceId: 1n }],
  [
    {
      tag: "describe-resource",
      val: { timestamp: at, resourceId: 1n, resourceName: "invoice", resourceParams: [value] },
    },
    { resourceId: 1n, resourceName: "invoice", resourceParams: [value] },
  ],
  [
    { tag: "log", val: { timestamp: at, level: "warn", context: "c", message: "said" } },
    { level: "warn", context: "c", message: "said" },
  ],
  [{ tag: "activate-plugin", val: { timestamp: at, plugin: hostPlugin } }, { plugin }],
  [{ tag: "deactivate-plugin", val: { timestamp: at, plugin: hostPlugin } }, { plugin }],
  [{ tag: "cancel-invocation", val: { timestamp: at, idempotencyKey: "key" } }, { idempotencyKey: "key" }],
  [
    {
      tag: "start-span",
      val: {
        timestamp: at,
        spanId: "aa",
        parent: "bb",
        linkedContext: undefined,
        attributes: [attribute],
      },
    },
    { spanId: "aa", parent: "bb", linkedContext: undefined, attributes: { colour: "red" } },
  ],
  [{ tag: "finish-span", val: { timestamp: at, spanId: "aa" } }, { spanId: "aa" }],
  [
    {
      tag: "set-span-attribute",
      val: { timestamp: at, spanId: "aa", key: "colour", value: attribute.value },
    },
    { spanId: "aa", key: "colour", value: "red" },
  ],
];

test.each(CASES.map(([host, rest]) => [host.tag, host, rest] as const))(
  "%s becomes a plain object",
  (tag, host, rest) => {
    expect(fromHostEntry(host)).toStrictEqual({ type: tag, timestamp, ...rest });
  },
);

test("every case of the interface is among these", () => {
  expect(new Set(CASES.map(([{ tag }]) => tag)).size).toBe(32);
});
