import type { Implementation } from "@golem-kit/sdk";

import type * as Exports from "sdk:lab-exports/api";
import type * as State from "sdk:lab-exports/state";
import type * as Waits from "sdk:lab-exports/waits";

import { echo, echoes, refusals } from "./by-name.ts";
import { abandonedRegion, attempts, joinedRegions, stubbornRegion } from "./regions.ts";
import { run } from "./state.ts";
import { observe } from "./waits.ts";
import { dawdle, meet, naps, race, remind, reminded, rendezvous, schedule } from "./waiting.ts";

export { durability } from "./durability.ts";
export { fleet } from "./fleet.ts";
export { promises } from "./promises.ts";
export { records } from "./records.ts";
export { sagas } from "./sagas.ts";
export { traces } from "./traces.ts";

export const api: Implementation<typeof Exports> = {
  meet,
  rendezvous,
  dawdle,
  race,
  naps,
  stubbornRegion,
  abandonedRegion,
  joinedRegions,
  attempts,
  echo,
  echoes,
  refusals,
  remind,
  reminded,
  schedule,
};

export const state: Implementation<typeof State> = { run };

export const waits: Implementation<typeof Waits> = { observe };

export { incomingHandler } from "./waits/handler.ts";

export { loadSnapshot, saveSnapshot } from "./waiting.ts";
