import type { BuiltComponent } from "@golem-kit/build";
import { findApplicationRoot } from "./application-root.ts";
import type { Progress } from "./progress.ts";
import { unknownName } from "./unknown-name.ts";

/**
 * Builds the named components of the application around the current directory, or all.
 *
 * @throws UserError for an unknown name
 */
export async function buildNamed(
  names: readonly string[],
  progress: Progress,
  { force = false }: { readonly force?: boolean } = {},
): Promise<readonly BuiltComponent[]> {
  const { buildComponents, loadApplication } = await import("@golem-kit/build");
  const app = await loadApplication(findApplicationRoot(process.cwd()));
  const known = [...app.components.keys()];
  for (const name of names) {
    if (!app.components.has(name)) throw unknownName("component", name, { place: "in golem.yaml", known });
  }
  const built: BuiltComponent[] = [];
  for (const name of names.length > 0 ? names : known) {
    const [one] = await progress.step(
      `Building ${name}`,
      () => buildComponents(app, { only: [name], force }),
      ({ length }) => `${name} ${length}`,
    );
    if (one !== undefined) built.push(one);
  }
  return built;
}
