import { type MessagePort, MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

import type { Job } from "./job.ts";
import type { Answer, Ask } from "./protocol.ts";

// The program's globals are not to have it.
const { wait } = Atomics;

/** What a replaying thread is started with. */
export interface ThreadData {
  readonly job: Job;
  readonly port: MessagePort;
  /** One number: how many answers were posted. */
  readonly answered: SharedArrayBuffer;
}

/**
 * The program's end of the way to the thread that replays. A program calls the host like any function: so its thread sleeps
 * until the answer is there.
 */
export class Link {
  readonly #port: MessagePort;
  readonly #answered: Int32Array;
  #asked = 0;

  /** Starts the thread. It does not keep the process alive. */
  constructor(job: Job) {
    const { port1, port2 } = new MessageChannel();
    const answered = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: ThreadData = { job, port: port2, answered };
    const thread = new Worker(new URL("./replay-thread.ts", import.meta.url), {
      workerData,
      transferList: [port2],
      // Its stack is nobody's to debug.
      execArgv: [],
    });
    thread.unref();
    port1.unref();
    this.#port = port1;
    this.#answered = new Int32Array(answered);
  }

  /** Asks, and waits for the answer. Nothing else happens in this thread meanwhile. */
  ask(ask: Ask): Answer {
    this.#port.postMessage(ask);
    wait(this.#answered, 0, this.#asked);
    this.#asked += 1;
    const received: { readonly message: Answer } | undefined = receiveMessageOnPort(this.#port);
    if (received === undefined) throw new Error("The replaying thread has answered nothing");
    return received.message;
  }
}
