import { blobSteps } from "./blob-steps.ts";
import { callSteps } from "./call-steps.ts";
import { endlessSteps } from "./endless-steps.ts";
import { fileSteps } from "./file-steps.ts";
import { keyValueSteps } from "./keyvalue-steps.ts";
import { ownSteps } from "./own-steps.ts";
import { promiseSteps } from "./promise-steps.ts";
import { runSteps, type Step, type Steps } from "./step.ts";

const all: Steps = {
  ...blobSteps,
  ...callSteps,
  ...endlessSteps,
  ...fileSteps,
  ...keyValueSteps,
  ...promiseSteps,
  ...ownSteps(() => all),
};

export const api = {
  run: (steps: string): string => JSON.stringify(runSteps(JSON.parse(steps) as readonly Step[], all)),
};
