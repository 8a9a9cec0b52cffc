import type { Pollable } from "../wasi/pollable.ts";
import { endCall, type OpenCall } from "./connection.ts";
import type { RpcCall, RpcOutcome } from "./rpc-caller.ts";
import type { RpcPorts } from "./rpc-ports.ts";

/** What became of a call up to now. */
export type FutureState =
  | { readonly tag: "Pending" }
  | { readonly tag: "Completed"; readonly val: RpcOutcome };

/** A call that is on its way: sent once, also when it is created again by replay. */
export class FutureResult {
  readonly #open: OpenCall;
  #outcome: RpcOutcome | undefined;
  #arrival: Promise<void> | undefined;

  constructor(open: OpenCall) {
    this.#open = open;
  }

  get call(): RpcCall {
    return this.#open.call;
  }

  /** Its outcome is known, or nobody wants to know it. */
  end(context: RpcPorts): void {
    endCall(context, this.#open);
  }

  /** Sends the call at once, or on replay when the worker has caught up: it may have been lost on the way. */
  sendWhenLive(context: RpcPorts): void {
    context.whenLive(() => {
      if (this.#outcome !== undefined) return;
      context.durability.commit();
      this.#arrival = context.rpc.invokeAndAwait(this.call).then((outcome) => {
        this.#outcome = outcome;
      });
      // Whoever waits sees the failure; a future that nobody waits for must not bring down the thread.
      this.#arrival.catch(() => undefined);
    });
  }

  get outcome(): RpcOutcome | undefined {
    return this.#outcome;
  }

  /** The outcome is known from the oplog. */
  settle(outcome: RpcOutcome): void {
    this.#outcome = outcome;
  }

  pollable(): Pollable {
    return {
      ready: () => this.#outcome !== undefined,
      change: () => this.#arrival ?? Promise.resolve(),
      awaitsWorker: true,
    };
  }
}
