import assert from "node:assert/strict";
import { eventually } from "@golem-kit/cli";
import type { ProgramServer } from "../program-server.ts";
import type { Contract } from "./promise-of-a-contract.ts";

async function noted(server: ProgramServer, worker: string): Promise<string[]> {
  const [lines] = await server.worker(worker).run([["noted"]]);
  return lines as string[];
}

async function assertNoted(
  server: ProgramServer,
  worker: string,
  expected: readonly string[],
): Promise<void> {
  await eventually(`${worker} has done ${expected.length} calls`, async () =>
    (await noted(server, worker)).length >= expected.length ? true : undefined,
  );
  assert.deepEqual(await noted(server, worker), expected);
}

export const rpcContract: Contract = {
  name: "rpc",
  promises: [
    {
      says: "a blocking call creates the callee and returns its result",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        const results = await server.worker(worker("caller")).run([
          ["rpc.blocking", callee, [["add", 5], ["name"]]],
          ["rpc.blocking", callee, [["add", 2]]],
        ]);
        assert.deepEqual(results, [[5, callee], [7]]);
      },
    },
    {
      says: "calls to several workers are awaited together",
      holds: async ({ server, worker }) => {
        const callees = [worker("callee"), worker("callee"), worker("callee")];
        const calls = callees.map((callee, at) => [callee, [["add", at]]]);
        const [answers] = await server.worker(worker("caller")).run([["rpc.all", calls]]);
        assert.deepEqual(answers, [[0], [1], [2]]);
      },
    },
    {
      says: "a triggered call is made once, although nobody waits for it",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        await server.worker(worker("caller")).run([["rpc.invoke", callee, [["note", "triggered"]]]]);
        await assertNoted(server, callee, ["triggered"]);
      },
    },
    {
      says: "a scheduled call is made once, at its time",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        await server.worker(worker("caller")).run([["rpc.schedule", callee, [["note", "scheduled"]], 200]]);
        await assertNoted(server, callee, ["scheduled"]);
      },
    },
    {
      says: "a scheduled call that was cancelled is not made",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        await server.worker(worker("caller")).run([
          ["rpc.schedule-and-cancel", callee, [["note", "cancelled"]], 300],
          ["rpc.schedule", callee, [["note", "later"]], 600],
        ]);
        await assertNoted(server, callee, ["later"]);
      },
      deviation: "1.2.0 makes it all the same",
    },
    {
      says: "calls of one caller to one callee are made in their order",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        await server.worker(worker("caller")).run([
          ["rpc.blocking", callee, [["note", "1"]]],
          ["rpc.invoke", callee, [["note", "2"]]],
          ["rpc.blocking", callee, [["note", "3"]]],
        ]);
        await assertNoted(server, callee, ["1", "2", "3"]);
      },
    },
    {
      says: "a function that does not exist is an error of the call",
      holds: async ({ server, worker }) => {
        const callee = worker("callee");
        await server.worker(callee).run([["add", 1]]);
        const [result] = await server.worker(worker("caller")).run([["rpc.unknown-function", callee]]);
        assert.match(JSON.stringify(result), /failed/);
      },
    },
    {
      says: "a caller that is repeated under its key does not call again",
      holds: async ({ server, worker }) => {
        const [caller, callee] = [worker("caller"), worker("callee")];
        const steps = [
          [
            "rpc.blocking",
            callee,
            [
              ["note", "once"],
              ["add", 1],
            ],
          ],
        ] as const;
        const first = await server.worker(caller).run(steps, `${caller}-key`);
        assert.deepEqual(await server.worker(caller).run(steps, `${caller}-key`), first);
        await assertNoted(server, callee, ["once"]);
      },
    },
    {
      says: "a caller that crashed does not call again, and keeps the result",
      holds: async ({ server, worker }) => {
        const [caller, callee] = [worker("caller"), worker("callee")];
        const crashed = server.worker(caller);
        await crashed.run([
          ["rpc.blocking", callee, [["note", "once"]]],
          ["add", 3],
        ]);
        await server.client.interrupt(crashed.id, { recover: true });
        assert.deepEqual(await crashed.run([["add", 0]]), [3]);
        await assertNoted(server, callee, ["once"]);
      },
    },
  ],
};
