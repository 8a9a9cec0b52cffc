import { findFunction } from "@golem-kit/deployment";
import { GolemClient } from "../rest/golem-client.ts";
import { type Directories, startServer } from "../server-process.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

const lines = 200;
const linesBeforeTheKill = 20;
const worker = "shop:orders/rush";

export const kill: Scene = {
  title: "kill -9: the same workers on a server process that dies under load",
  needs: ["shop:orders"],
  async play(stage) {
    const { acknowledged, repeated } = await stage.leave((directories) => killUnderLoad(stage, directories));
    stage.print(
      `${lines} calls sent, process killed when ${acknowledged.size} were acknowledged; started again, all sent again`,
    );
    const answersBefore = [...acknowledged.values()];
    const answersAfter = [...acknowledged.keys()].map((key) => repeated.get(key));
    stage.confirm("each acknowledged call has the same answer as before", answersAfter, answersBefore);
    const order = (await stage.call(worker, "get")) as { readonly lines: readonly unknown[] };
    stage.confirm(
      `the order has ${order.lines.length} lines: none is lost, none is there twice`,
      order.lines.length,
      lines,
    );
  },
};

type Answers = ReadonlyMap<string, unknown>;

async function killUnderLoad(
  stage: Stage,
  directories: Directories,
): Promise<{ readonly acknowledged: Answers; readonly repeated: Answers }> {
  await using doomed = await startServer(directories);
  const acknowledged = new Map<string, unknown>();
  await sendLines(stage, doomed.url, async (key, answer) => {
    acknowledged.set(key, answer);
    if (acknowledged.size === linesBeforeTheKill) await doomed.end("SIGKILL");
  });
  await using restarted = await startServer(directories);
  const repeated = new Map<string, unknown>();
  const refused = await sendLines(stage, restarted.url, (key, answer) => void repeated.set(key, answer));
  if (refused.length > 0) throw new AggregateError(refused, "The restarted server refused a call");
  await restarted.end("SIGTERM");
  return { acknowledged, repeated };
}

/** Sends all lines at once, each under its own key. @returns the errors */
async function sendLines(
  stage: Stage,
  url: string,
  acknowledge: (key: string, answer: unknown) => void | Promise<void>,
): Promise<readonly unknown[]> {
  const client = new GolemClient(url);
  const callee = findFunction(stage.component("shop:orders"), "add-line");
  const sent = Array.from({ length: lines }, async (_, index) => {
    const key = `rush-line-${index + 1}`;
    const line = { sku: "tea", quantity: 1, price: 450 };
    const invocation = { function: callee.name, params: [line], idempotencyKey: key };
    const answer = await client.invokeAndAwait(stage.workerId(worker), invocation);
    await acknowledge(key, answer.value);
  });
  const ends = await Promise.allSettled(sent);
  return ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
}
