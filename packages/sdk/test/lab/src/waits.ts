import { scenarioRunner } from "./scenario-runner.ts";
import { callsByName } from "./waits/calls-by-name.ts";
import { clocks } from "./waits/clocks.ts";
import { overlaps } from "./waits/overlaps.ts";
import { promiseWaits } from "./waits/promise-waits.ts";
import { requests } from "./waits/requests.ts";
import { sockets } from "./waits/sockets.ts";

export const observe = scenarioRunner({
  ...callsByName,
  ...clocks,
  ...overlaps,
  ...promiseWaits,
  ...requests,
  ...sockets,
});
