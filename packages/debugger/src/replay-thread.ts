/** Thread body: replays an oplog, and answers a program that runs in another thread. */

import { readFile } from "node:fs/promises";
import { workerData } from "node:worker_threads";
import { replayProgram } from "@golem-kit/host";

import type { Ask } from "./protocol.ts";
import type { ThreadData } from "./link.ts";
import { Conversation } from "./conversation.ts";

const { job, port, answered } = workerData as ThreadData;
const conversation = new Conversation(job.at);
const counter = new Int32Array(answered);

const answer = async (ask: Ask): Promise<void> => {
  port.postMessage(await conversation.answer(ask));
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
};
port.on("message", (ask: Ask) => void answer(ask));

const { component } = job.replay;
const wasm = await readFile(component.wasmPath);
conversation.end(
  replayProgram({ ...job.replay, component: { ...component, wasm } }, (imports, place) =>
    conversation.begin(imports, place),
  ),
);
