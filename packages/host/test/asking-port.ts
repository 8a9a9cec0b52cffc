import { Asking } from "../src/engine/preemption/asking.ts";
import { Turns } from "../src/engine/preemption/turns.ts";
import type { AskingPort } from "../src/interfaces/ports.ts";

/** For host functions that are called by a test, which never pauses. */
export function askingPort(): AskingPort {
  const asking = new Asking(new Turns());
  return {
    notYet: (asked, ...changes) => asking.notYet(asked, changes),
    there: (asked) => asking.there(asked),
  };
}
