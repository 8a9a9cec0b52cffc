/** Thrown through the guest to end its instance for a reason that is not an error of the guest. */
export class Signal extends Error {
  override readonly name = "Signal" as const;
  readonly reason: SignalReason;

  constructor(reason: SignalReason) {
    super(`The worker's instance was stopped: ${reason.type}`);
    this.reason = reason;
  }
}

export type SignalReason =
  /** Leaves memory until it is woken; `wakeAt`: milliseconds since the epoch, absent if something else will wake it. */
  | { readonly type: "suspend"; readonly wakeAt?: number }
  /** It takes more than it may: stopped, until it is resumed. `details`: what, and what to do. */
  | { readonly type: "limit"; readonly details: string }
  /** It is to show that its oplog can be replayed, and gets no further. `details`: a clause that says so. */
  | { readonly type: "stuck"; readonly details: string }
  /** Stopped from outside, until it is resumed. */
  | { readonly type: "interrupt" }
  /** The instance is lost and the worker recovers at once: a simulated crash, or a jump back in the oplog. */
  | { readonly type: "restart"; readonly losesUncommitted?: boolean }
  /** The guest called exit. */
  | { readonly type: "exit" }
  /** The host closes; nothing is recorded. */
  | { readonly type: "shutdown" };
