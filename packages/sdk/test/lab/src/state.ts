import { environment } from "./state/environment.ts";
import { files } from "./state/files.ts";
import { kinds } from "./state/kinds.ts";
import { logs } from "./state/logs.ts";
import { randomness } from "./state/randomness.ts";
import { stores } from "./state/stores.ts";
import { type Scenario, scenarioRunner } from "./scenario-runner.ts";

const scenarios: Readonly<Record<string, Scenario>> = {
  ...environment,
  ...files,
  ...kinds,
  ...logs,
  ...randomness,
  ...stores,
};

export const run = scenarioRunner(scenarios);
