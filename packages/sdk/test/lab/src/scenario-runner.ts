export type Scenario = (...values: string[]) => unknown;

/** Runs a scenario by its name, and answers what it returns as JSON; bigints are texts there. */
export function scenarioRunner(scenarios: Readonly<Record<string, Scenario>>) {
  return async (name: string, values: string[]): Promise<string> => {
    const scenario = scenarios[name];
    if (scenario === undefined) throw new Error(`There is no scenario "${name}"`);
    return JSON.stringify(await scenario(...values), (_, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    );
  };
}
