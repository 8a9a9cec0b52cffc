import { openContainer } from "@golem-kit/sdk/blobstore";
import { bytesCodec, openBucket } from "@golem-kit/sdk/keyvalue";
import { remoteFunction, remoteWorker, wit, type ValueOf } from "@golem-kit/sdk/remote";

import type { Shape } from "sdk:lab-exports/api";

import { codeOf } from "./code-of.ts";

const shape = wit.variant({
  point: null,
  named: wit.string,
  pairs: wit.list(wit.record({ left: wit.string, right: wit.u64 })),
});
const note = wit.option(wit.s8);
const remoteEcho = remoteFunction("sdk:lab-exports/api.{echo}", {
  params: [shape, note],
  result: wit.result(wit.tuple(shape, note), wit.string),
});
const unknown = remoteFunction("sdk:lab-exports/api.{unknown}", { params: [] });

export function echo(value: Shape, sent: number | undefined): [Shape, number | undefined] {
  return [value, sent];
}

export async function echoes(): Promise<boolean> {
  using worker = remoteWorker("sdk:lab", "echo");
  const sent: ValueOf<typeof shape> = { tag: "pairs", val: [{ left: "é", right: 2n ** 64n - 1n }] };
  const whole = await worker.call(remoteEcho, sent, -128);
  const none = await worker.call(remoteEcho, { tag: "point" }, undefined);
  if (whole.tag === "err" || none.tag === "err") return false;
  const [value, byte] = whole.val;
  return (
    value.tag === "pairs" &&
    value.val[0]?.left === "é" &&
    value.val[0].right === 2n ** 64n - 1n &&
    byte === -128 &&
    none.val[0].tag === "point" &&
    none.val[1] === undefined
  );
}

export async function refusals(): Promise<string[]> {
  using worker = remoteWorker("sdk:lab", "refusing");
  const bytes = openBucket("refusals", { codec: bytesCodec });
  await bytes.set("key", Uint8Array.of(0xff));
  return await Promise.all([
    codeOf(() => worker.call(unknown)),
    codeOf(() => worker.call(remoteEcho, { tag: "point" }, 128)),
    codeOf(async () => remoteWorker("sdk:nowhere", "w")),
    codeOf(() => openBucket("refusals").get("key")),
    codeOf(() => openContainer("refusals").text("none")),
  ]);
}
