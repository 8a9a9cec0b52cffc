import type { Application, BuildOutcome, BuiltComponent } from "@golem-kit/build";
import type { BuildFailure } from "./build-failure.ts";

/** What came of the builds of some components. */
export interface NamedBuilds {
  readonly built: readonly BuiltComponent[];
  /** Those of them that call a component which could not be built, themselves or through others. */
  readonly callers: readonly { readonly name: string; readonly calls: string }[];
  readonly failures: readonly BuildFailure[];
}

/** What was built, what could not be, and what the latter concerns. */
export function sortedBuilds(app: Application, outcomes: readonly BuildOutcome[]): NamedBuilds {
  const built = outcomes.flatMap((outcome) => ("built" in outcome ? [outcome.built] : []));
  const failures = outcomes.flatMap((outcome) => ("error" in outcome ? [outcome] : []));
  const missing = new Set(failures.map(({ name }) => name));
  const callers: { readonly name: string; readonly calls: string }[] = [];
  // Whoever calls a caller is concerned, too.
  for (let known = -1; known < missing.size;) {
    known = missing.size;
    for (const { name } of built) {
      const calls = app.components.get(name)?.dependencies.find(({ target }) => missing.has(target));
      if (calls === undefined || missing.has(name)) continue;
      missing.add(name);
      callers.push({ name, calls: calls.target });
    }
  }
  return { built, callers, failures };
}
