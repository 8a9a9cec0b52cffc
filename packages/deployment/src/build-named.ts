import { join } from "node:path";
import type { BuildEvent, BuiltComponent } from "@golem-kit/build";
import pc from "picocolors";
import { failureOf } from "./build-failure.ts";
import { type NamedBuilds, sortedBuilds } from "./named-builds.ts";
import { createProgress, type Progress } from "./progress.ts";

/**
 * Builds the named components of the application around the current directory, or all, and says so.
 *
 * @throws BuildError, ManifestError, WitError; DeploymentError if several cannot be built
 */
export async function buildNamed(
  names: readonly string[],
  options: { readonly force?: boolean } = {},
): Promise<readonly BuiltComponent[]> {
  const { built, failures } = await buildEachNamed(names, options);
  if (failures.length > 0) throw failureOf(failures);
  return built;
}

/**
 * The same, but what cannot be built keeps nothing else from it.
 *
 * @throws BuildError, ManifestError, WitError for what all components have in common
 */
export async function buildEachNamed(
  names: readonly string[],
  { force = false }: { readonly force?: boolean } = {},
): Promise<NamedBuilds> {
  using progress = createProgress("Looking for changes");
  const { buildEachComponent, findApplicationRoot, loadApplication, pruneCache } =
    await import("@golem-kit/build");
  const app = await loadApplication(findApplicationRoot(process.cwd()));
  const outcomes = await buildEachComponent(app, {
    force,
    onProgress: followBuild(progress),
    ...(names.length > 0 && { only: names }),
  });
  const builds = sortedBuilds(app, outcomes);
  const { built } = builds;
  const fresh = built.filter(({ upToDate }) => upToDate).length;
  if (fresh > 0) progress.done(`${fresh} of ${outcomes.length} components up to date`);
  if (fresh < built.length) {
    progress.done(describeSizes(built));
    // Each new build is one more entry there, once it has run. A server that runs for long may still need older ones.
    await pruneCache(join(app.rootDir, ".golem", "cache"), { spare: 86_400_000 });
  }
  return builds;
}

function followBuild(progress: Progress): (event: BuildEvent) => void {
  const running = new Map<string, string>();
  return (event) => {
    const { component } = event;
    switch (event.type) {
      case "start":
        running.set(component, event.step);
        progress.status(Array.from(running, ([name, step]) => `${name} ${pc.dim(step)}`).join("  "));
        break;
      case "warning":
        progress.warn(`${component}: ${event.message}`);
        break;
      case "done":
        running.delete(component);
        if (!event.upToDate) progress.done(`${component} built in ${(event.ms / 1000).toFixed(1)} s`);
        break;
      case "end":
    }
  };
}

function describeSizes(built: readonly BuiltComponent[]): string {
  const sum = (part: "total" | "engine" | "program"): string => {
    const bytes = built.reduce((total, { size }) => total + size[part], 0);
    return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  };
  return `${sum("total")} in all: ${sum("engine")} are JavaScript engines, ${sum("program")} are programs`;
}
