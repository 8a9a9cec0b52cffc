import { guestOf, halves, newVersion, test } from "../../../components/tour/test/halves.ts";
import { plays } from "../../../components/tour/test/plays.ts";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { crashFunction, TIMEOUT } from "./crash-function.ts";

/** They tell times, counts of attempts or indexes in oplogs, which move: compared is what the play makes of that. */
const MOVING = new Set([
  "ask",
  "answer",
  "await-answer",
  "poll-answer",
  "withdraw",
  "fork",
  "go-back",
  "retry-policy",
  "sleep",
  "time",
]);

/** They read the oplog of a worker that crashes, too: what it holds besides tells of that. */
const READING = new Set(["oplog", "search-oplog"]);

/** In `npm test` one half of each function, in turn. */
const HALVES_TRIED = campaignSize(1, halves.length);

const played = Object.entries(plays).flatMap(([name, play], at) =>
  Array.from({ length: HALVES_TRIED }, (_, more) => {
    const half = halves[(at + more) % halves.length] ?? "sdk";
    return { half, name, play, title: `${half}.${name}`, turn: at + more };
  }),
);

test.for(played)(
  "$title of the tour comes out the same wherever its workers crash, once or twice",
  { timeout: TIMEOUT },
  ({ half, name, play, turn }, { everyCrash, neighbours, task }) =>
    crashFunction(
      { everyCrash, task },
      turn,
      ({ host, worker }) =>
        play(guestOf(worker("kit:tour", "one"), half), {
          neighbours,
          other: guestOf(worker("kit:tour", "other"), half),
          newVersion: () => newVersion(host),
        }),
      { ignore: (path) => mayDiffer(name, path) },
    ),
);

/** @param path as `everyCrash` gives it: `result.returned`, `workers.kit:tour/one.invocations[0].result[0]` */
function mayDiffer(name: string, path: string): boolean {
  const isOfInvocation = path.includes(".invocations[");
  if (READING.has(name)) return isOfInvocation || path.startsWith("result.");
  // A crash in the middle of an attempt is one attempt more.
  return MOVING.has(name) && (isOfInvocation || path === "keyValue.numbers.one attempts");
}
