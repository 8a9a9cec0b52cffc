import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { component, TestApplication } from "./application.ts";
import { runComponent } from "./run-component.ts";

const names = [
  "reasons",
  "any-later",
  "any-before",
  "any-of-none",
  "throw-if-aborted",
  "chunks",
  "left-early",
  "left-open",
  "failing",
  "twice",
  "bytes",
] as const;

const wit = `
interface api {
${names.map((name) => `  ${name}: func() -> string;`).join("\n")}
}

world web { export api; }
`;

const program = `
function numbers(told = []) {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      next += 1;
      if (next === 4) controller.close();
      else controller.enqueue(next);
    },
    cancel: (reason) => void told.push("cancelled", String(reason)),
  });
}

async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    return String(error);
  }
}

const answers = {
  reasons: () => [String(AbortSignal.abort().reason), AbortSignal.abort("mine").reason, AbortSignal.abort().aborted],
  anyLater() {
    const [first, second] = [new AbortController(), new AbortController()];
    const any = AbortSignal.any([first.signal, second.signal]);
    const told = [];
    any.addEventListener("abort", () => told.push(any.reason));
    const before = any.aborted;
    second.abort("second");
    first.abort("first");
    return [before, any.aborted, ...told];
  },
  anyBefore: () => [AbortSignal.any([new AbortController().signal, AbortSignal.abort("early")]).reason],
  anyOfNone: () => [AbortSignal.any([]).aborted],
  async throwIfAborted() {
    new AbortController().signal.throwIfAborted();
    return [await attempt(() => AbortSignal.abort("why").throwIfAborted())];
  },
  async chunks() {
    const seen = [];
    for await (const each of new Response("text").body) seen.push(new TextDecoder().decode(each));
    return [...seen, ...(await Array.fromAsync(numbers().values()))];
  },
  async leftEarly() {
    const told = [];
    const stream = numbers(told);
    for await (const each of stream) {
      if (each === 2) break;
    }
    return [...told, stream.locked];
  },
  async leftOpen() {
    const told = [];
    const stream = numbers(told);
    for await (const each of stream.values({ preventCancel: true })) {
      if (each === 2) break;
    }
    return [...told, stream.locked, ...(await Array.fromAsync(stream))];
  },
  async failing() {
    const stream = new ReadableStream({ pull: () => Promise.reject(new Error("dried up")) });
    return [await attempt(() => Array.fromAsync(stream)), stream.locked];
  },
  async twice() {
    const told = [];
    const values = numbers(told).values();
    await values.return("enough");
    return [...told, (await values.return()).done, (await values.next()).done];
  },
  bytes: async () => [
    ...(await new Response("ab").bytes()),
    ...(await new Request("http://shop.example", { method: "POST", body: "c" }).bytes()),
  ],
};

export const api = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [name, async () => JSON.stringify(await answer())]),
);
`;

let app: TestApplication;
let api: Readonly<Record<string, () => Promise<string>>>;

beforeAll(async () => {
  app = await TestApplication.create(component("web", wit, program));
  const [built] = await app.build();
  ({ api } = await runComponent<{ readonly api: typeof api }>(built?.wasmPath ?? "", {}));
});

afterAll(() => app[Symbol.asyncDispose]());

async function answerOf(name: string): Promise<unknown> {
  return JSON.parse((await api[name]?.()) ?? "");
}

describe("a signal", () => {
  test("that is aborted from the first has a reason", async () => {
    expect(await answerOf("reasons")).toEqual(["AbortError: This operation was aborted", "mine", true]);
  });

  test("of several follows the first that is aborted, and tells its reason", async () => {
    expect(await answerOf("anyLater")).toEqual([false, true, "second"]);
    expect(await answerOf("anyBefore")).toEqual(["early"]);
    expect(await answerOf("anyOfNone")).toEqual([false]);
  });

  test("throws its reason when it is aborted", async () => {
    expect(await answerOf("throwIfAborted")).toEqual(["why"]);
  });
});

describe("a stream", () => {
  test("is read by a loop", async () => {
    expect(await answerOf("chunks")).toEqual(["text", 1, 2, 3]);
  });

  test("is cancelled by a loop that is left, unless it is to stay open", async () => {
    expect(await answerOf("leftEarly")).toEqual(["cancelled", "undefined", false]);
    expect(await answerOf("leftOpen")).toEqual([false, 3]);
  });

  test("lets go of its reader when it fails", async () => {
    expect(await answerOf("failing")).toEqual(["Error: dried up", false]);
  });

  test("is left once", async () => {
    expect(await answerOf("twice")).toEqual(["cancelled", "enough", true, true]);
  });
});

test("messages give their bytes", async () => {
  expect(await answerOf("bytes")).toEqual([97, 98, 99]);
});
