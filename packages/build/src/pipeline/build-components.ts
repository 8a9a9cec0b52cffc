import type { Application } from "../manifest/application.ts";
import { Builder, type BuilderOptions, type BuildOptions, type BuildOutcome } from "./builder.ts";
import type { BuiltComponent } from "./built-component.ts";

/**
 * Builds the components of an application once, as {@link Builder} does.
 *
 * @returns in the order of the manifests
 * @throws BuildError or WitError for the first component that cannot be built; others that have begun are finished before
 */
export async function buildComponents(
  app: Application,
  options: BuildOptions & BuilderOptions = {},
): Promise<BuiltComponent[]> {
  await using builder = new Builder(options);
  return await builder.build(app, options);
}

/**
 * Builds as {@link buildComponents} does, but what cannot be built keeps nothing else from it.
 *
 * @throws BuildError if there is no such component, or the WIT of one cannot be read
 */
export async function buildEachComponent(
  app: Application,
  options: BuildOptions & BuilderOptions = {},
): Promise<BuildOutcome[]> {
  await using builder = new Builder(options);
  return await builder.buildEach(app, options);
}
