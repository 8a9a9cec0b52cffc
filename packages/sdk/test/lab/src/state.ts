import { environment } from "./state/environment.ts";
import { files } from "./state/files.ts";
import { logs } from "./state/logs.ts";
import { randomness } from "./state/randomness.ts";
import { stores } from "./state/stores.ts";

type Scenario = (...values: string[]) => unknown;

const scenarios: Readonly<Record<string, Scenario>> = {
  ...environment,
  ...files,
  ...logs,
  ...randomness,
  ...stores,
};

export async function run(name: string, values: string[]): Promise<string> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`There is no scenario "${name}"`);
  return JSON.stringify(await scenario(...values), (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
