import { getSelfMetadata, revertWorker, updateWorker, type WorkerId } from "golem:api/host@1.1.6";
import { type FutureInvokeResult, WasmRpc, type WitValue } from "golem:rpc/types@0.2.0";
import { now } from "wasi:clocks/wall-clock@0.2.0";
import { poll } from "wasi:io/poll@0.2.0";
import type { Steps } from "./step.ts";

const RUN = "campaign:program-exports/api.{run}";

function sibling(workerName: string): WorkerId {
  return { componentId: getSelfMetadata().workerId.componentId, workerName };
}

/** Another worker of this component. */
function worker(workerName: string): WasmRpc {
  return new WasmRpc(sibling(workerName));
}

function param(steps: unknown): WitValue {
  return { nodes: [{ tag: "prim-string", val: JSON.stringify(steps) }] };
}

function answer({ nodes }: WitValue): unknown {
  const text = nodes.find((node) => node.tag === "prim-string");
  if (text === undefined) throw new Error("The other worker did not answer with a text");
  return JSON.parse(text.val);
}

function taken(future: FutureInvokeResult): unknown {
  const outcome = future.get();
  if (outcome === undefined) throw new Error("The future was ready and has no result");
  if (outcome.tag === "err") throw new Error(`${outcome.val.tag}: ${outcome.val.val}`);
  return answer(outcome.val);
}

function later(milliseconds: number): { seconds: bigint; nanoseconds: number } {
  const { seconds, nanoseconds } = now();
  const total = seconds * 1_000_000_000n + BigInt(nanoseconds) + BigInt(milliseconds) * 1_000_000n;
  return { seconds: total / 1_000_000_000n, nanoseconds: Number(total % 1_000_000_000n) };
}

export const callSteps: Steps = {
  update: (name: string, version: number) => updateWorker(sibling(name), BigInt(version), "automatic"),
  /** Takes its last invocations back. */
  revert: (name: string, invocations: number) =>
    revertWorker(sibling(name), { tag: "revert-last-invocations", val: BigInt(invocations) }),
  "rpc.blocking": (name: string, steps: unknown) => answer(worker(name).invokeAndAwait(RUN, [param(steps)])),
  "rpc.invoke": (name: string, steps: unknown) => worker(name).invoke(RUN, [param(steps)]),
  /** All of them at once: the answers in the order of the calls. */
  "rpc.all": (calls: [name: string, steps: unknown][]) => {
    const futures = calls.map(([name, steps]) => worker(name).asyncInvokeAndAwait(RUN, [param(steps)]));
    const answers: unknown[] = futures.map(() => null);
    const open = new Set(futures.keys());
    while (open.size > 0) {
      const waiting = [...open];
      for (const ready of poll(waiting.flatMap((at) => futures[at]?.subscribe() ?? []))) {
        const at = waiting[ready] ?? -1;
        const future = futures[at];
        if (future !== undefined) answers[at] = taken(future);
        open.delete(at);
      }
    }
    return answers;
  },
  "rpc.schedule": (name: string, steps: unknown, milliseconds: number) =>
    worker(name).scheduleInvocation(later(milliseconds), RUN, [param(steps)]),
  "rpc.schedule-and-cancel": (name: string, steps: unknown, milliseconds: number) =>
    worker(name)
      .scheduleCancelableInvocation(later(milliseconds), RUN, [param(steps)])
      .cancel(),
  "rpc.unknown-function": (name: string) =>
    worker(name).invokeAndAwait("campaign:program-exports/api.{none}", []),
};
