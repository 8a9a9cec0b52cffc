import {
  ephemeralWorker,
  isRemoteError,
  extractType,
  extractValue,
  fromWitValue,
  remoteFunction,
  remoteWorker,
  toWitValue,
  wit,
} from "@golem-kit/sdk/remote";

const remind = remoteFunction("sdk:lab-exports/api.{remind}", { params: [wit.string] });
const reminded = remoteFunction("sdk:lab-exports/api.{reminded}", {
  params: [],
  result: wit.list(wit.string),
});
const unknown = remoteFunction("sdk:lab-exports/api.{unknown}", { params: [] });
const observe = remoteFunction("sdk:lab-exports/waits.{observe}", {
  params: [wit.string, wit.list(wit.string)],
  result: wit.string,
});

async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    if (!isRemoteError(error)) throw error;
    const { name, code, operation, cause, message } = error;
    return { name, code, operation, cause, message };
  }
  return undefined;
}

export const callsByName = {
  async ephemerals() {
    using first = ephemeralWorker("sdk:lab");
    using second = ephemeralWorker("sdk:lab");
    await first.call(remind, "only the first");
    return [await first.call(reminded), await second.call(reminded), first.workerName ?? "unnamed"];
  },

  async remoteFailures() {
    using worker = remoteWorker("sdk:lab", "failing-by-name");
    using ephemeral = ephemeralWorker("sdk:lab");
    return [
      await errorOf(() => worker.call(unknown)),
      await errorOf(() => worker.trigger(unknown)),
      await errorOf(() => ephemeral.call(unknown)),
      await errorOf(() => worker.call(observe, "no such scenario", [])),
      await errorOf(() => ephemeralWorker("sdk:nowhere")),
    ];
  },

  async disposed() {
    const worker = remoteWorker("sdk:lab", "disposed-by-name");
    worker[Symbol.dispose]();
    worker[Symbol.dispose]();
    return [
      await errorOf(() => worker.call(remind, "too late")),
      await errorOf(() => worker.trigger(remind, "too late")),
      await errorOf(() => worker.schedule("1 h", remind, "too late")),
    ];
  },

  async unlikely() {
    const mistyped = remoteFunction("sdk:lab-exports/api.{reminded}", {
      params: [],
      result: wit.list(wit.u32),
    });
    using worker = remoteWorker("sdk:lab", "mistyped-by-name");
    await worker.call(remind, "a text");
    return await worker.call(mistyped).then(
      () => "no error",
      (error: unknown) => String(error),
    );
  },

  typedValues() {
    const tea = {
      value: toWitValue(wit.string, "tea"),
      typ: { nodes: [{ tag: "prim-string-type" as const }] },
    };
    return [fromWitValue(wit.string, extractValue(tea)), extractType(tea)];
  },
};
