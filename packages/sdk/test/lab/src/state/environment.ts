import { isSdkError } from "@golem-kit/sdk";
import { args, exit, identity, initialCwd, isTerminal, variable, variables } from "@golem-kit/sdk/env";

export const environment = {
  environment: () => ({
    args: args(),
    identity: identity(),
    color: variables()["COLOR"],
    same: variable("COLOR"),
    fallback: variable("SIZE", "large"),
    cwd: initialCwd() ?? null,
    terminals: (["stdin", "stdout", "stderr"] as const).map(isTerminal),
  }),
  "missing variable": () => {
    try {
      return variable("SIZE");
    } catch (error) {
      return isSdkError(error, "missing-variable") && error.message;
    }
  },
  exit: () => exit(),
};
