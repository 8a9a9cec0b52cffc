import type { Application } from "../manifest/application.ts";
import { Builder, type BuilderOptions, type BuildOptions } from "./builder.ts";
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
