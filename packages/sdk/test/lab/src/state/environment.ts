import { isSdkError, type StandardSchema } from "@golem-kit/sdk";
import {
  args,
  configuration,
  exit,
  identity,
  initialCwd,
  isTerminal,
  variable,
  variables,
} from "@golem-kit/sdk/env";

interface Settings {
  readonly retries: number;
  readonly color: string;
}

const settings: StandardSchema<Record<string, string>, Settings> = {
  "~standard": {
    version: 1,
    vendor: "lab",
    validate: (value) => {
      const { RETRIES = "", COLOR } = value as Readonly<Record<string, string>>;
      if (/^\d+$/.test(RETRIES) && COLOR !== undefined)
        return { value: { retries: Number(RETRIES), color: COLOR } };
      return {
        issues: [
          { path: ["RETRIES"], message: "Expected a number" },
          { path: ["COLOR"], message: "Expected a color" },
        ],
      };
    },
  },
};

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
  configuration: async () => {
    try {
      const { retries, color } = await configuration(settings);
      return { retries, color };
    } catch (error) {
      if (!isSdkError(error, "invalid-configuration")) throw error;
      return `${error.code}: ${error.message}`;
    }
  },
  exit: () => exit(),
};
