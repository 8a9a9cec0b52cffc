import type { Call } from "../kill/call.ts";
import { Load } from "../kill/load.ts";
import type { TimedEvent } from "./disk-event.ts";
import { type Traced, traceServer } from "./traced-server.ts";

/** A server under load, and all that it did to its data directory. */
export interface TracedLoad extends Traced<Load> {
  /** How many events there were when the answer to a call had left. */
  readonly answered: ReadonlyMap<Call, number>;
}

/** @param answers how many calls are to be answered before the server is killed */
export async function traceLoad(sync: "full" | "normal", answers: number): Promise<TracedLoad> {
  const traced = await traceServer(sync, async (program, end) => {
    const load = new Load();
    const enough = new AbortController();
    const running = load.run(program, enough.signal);
    await load.answered(answers);
    enough.abort();
    await end();
    await running;
    return load;
  });
  return { ...traced, answered: answersIn(traced.events, traced.result) };
}

/** An answer that has the key of its call left with that; of an acceptance it is known when it had come. */
function answersIn(events: readonly TimedEvent[], { answers, times }: Load): Map<Call, number> {
  const sends = events.flatMap(({ event }, at) =>
    event.type === "send" && event.text.startsWith("HTTP/1.1 200") ? [{ text: event.text, at: at + 1 }] : [],
  );
  const answered = new Map<Call, number>();
  for (const call of answers.keys()) {
    const key = new RegExp(`${call.key}(?!\\d)`);
    const send = sends.find(({ text }) => key.test(text))?.at;
    const time = times.get(call)?.answered ?? Number.POSITIVE_INFINITY;
    const known = events.findIndex((event) => event.time > time);
    answered.set(call, send ?? (known < 0 ? events.length : known));
  }
  return answered;
}
