import type { GolemErrorCase, OplogPage } from "@golem-kit/host";
import { excerpt } from "../describe-entry.ts";
import { callerFrames } from "./caller-frames.ts";
import {
  type GuestFailure,
  type GuestFrame,
  isOfProgram,
  printFrame,
  readGuestFailure,
} from "./guest-failure.ts";

const SHOWN_ENTRIES = 8;

/** What is known about an invocation that failed. */
export interface FailedInvocation {
  /** `shop:orders/o-1` */
  readonly worker: string;
  /** `shop:orders-exports/api.{place}` */
  readonly function: string;
  /** The end of the worker's oplog, oldest first. */
  readonly entries: OplogPage["entries"];
  /** What is recorded of the failure, with places in the component's sources. */
  readonly details: string;
  readonly detail: GolemErrorCase;
}

/**
 * An invocation by a test has failed: not with the `err` of a WIT `result`, which is a `ResultError`. Shows the worker, the
 * function, what the guest's program threw, and the end of the oplog. Its stack begins in the guest, in the lines of the
 * component's source, and goes on in the test.
 */
export class InvocationError extends Error {
  override readonly name = "InvocationError" as const;
  readonly #failed: FailedInvocation;
  readonly #failure: GuestFailure;

  constructor(failed: FailedInvocation) {
    const failure = readGuestFailure(failed.details);
    super(describe(failed, failure) + oplogEnd(failed.entries));
    this.#failed = failed;
    this.#failure = failure;
    const frames = failure.frames.filter(isOfProgram).map(printFrame);
    this.stack = [`${this.name}: ${this.message}`, ...frames, ...callerFrames(this.stack)].join("\n");
  }

  // Getters, since vitest prints the fields of an error after its message, which has told them.

  /** Golem's error case, with the text that is recorded. */
  get detail(): GolemErrorCase {
    return this.#failed.detail;
  }

  /** `shop:orders/o-1` */
  get worker(): string {
    return this.#failed.worker;
  }

  /** `shop:orders-exports/api.{place}` */
  get function(): string {
    return this.#failed.function;
  }

  /** Where the guest failed, the innermost frame first; empty if it does not tell. */
  get guestStack(): readonly GuestFrame[] {
    return this.#failure.frames;
  }
}

function describe({ worker, function: name, detail }: FailedInvocation, failure: GuestFailure): string {
  const stack = failure.frames.map(
    (frame) => `\n  in ${frame.function} (${frame.file}:${frame.line}:${frame.column})`,
  );
  const what = failure.message + stack.join("");
  switch (detail.type) {
    case "RuntimeError":
      return `${worker} has failed in ${name}: ${what}`;
    case "PreviousInvocationFailed":
      return `${worker} does not run ${name} any more, since an earlier invocation has failed: ${what}`;
    default:
      return `${worker} cannot run ${name}: ${what}`;
  }
}

/** Without what the guest wrote to its standard error: the message has that. */
function oplogEnd(entries: OplogPage["entries"]): string {
  const shown = entries.filter(({ entry }) => entry.type !== "Log" || entry["level"] !== "Stderr");
  return shown.length === 0 ? "" : `\nThe end of its oplog:\n${excerpt(shown.slice(-SHOWN_ENTRIES))}`;
}
