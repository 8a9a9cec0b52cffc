import type { AskingPort } from "../ports.ts";
import type { Pollable } from "./pollable.ts";

/** What a guest can wait for, and also ask for without waiting. */
interface Subscribable {
  pollable(): Pollable;
}

/**
 * Notes the answer that a guest gets without waiting.
 *
 * @param answer `taken`: it gets what it gets only once; `seen`: it gets the same whenever it asks; `missing`: it gets
 *   nothing, and others have their turn before it asks again, unless it could get something by now
 */
export function noteAnswer(
  context: AskingPort,
  asked: Subscribable,
  answer: "taken" | "seen" | "missing",
): void {
  if (answer === "taken") context.there();
  else if (answer === "seen") context.there(asked);
  else {
    const pollable = asked.pollable();
    if (!pollable.ready()) context.notYet(asked, pollable.change);
  }
}
