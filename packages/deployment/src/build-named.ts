import { join } from "node:path";
import type { BuildEvent, BuiltComponent } from "@golem-kit/build";
import pc from "picocolors";
import { createProgress, type Progress } from "./progress.ts";

/**
 * Builds the named components of the application around the current directory, or all, and says so.
 *
 * @throws BuildError, ManifestError, WitError
 */
export async function buildNamed(
  names: readonly string[],
  { force = false }: { readonly force?: boolean } = {},
): Promise<readonly BuiltComponent[]> {
  using progress = createProgress("Looking for changes");
  const { buildComponents, findApplicationRoot, loadApplication, pruneCache } =
    await import("@golem-kit/build");
  const app = await loadApplication(findApplicationRoot(process.cwd()));
  const built = await buildComponents(app, {
    force,
    onProgress: followBuild(progress),
    ...(names.length > 0 && { only: names }),
  });
  const fresh = built.filter(({ upToDate }) => upToDate).length;
  if (fresh > 0) progress.done(`${fresh} of ${built.length} components up to date`);
  if (fresh < built.length) {
    progress.done(describeSizes(built));
    // Each new build is one more entry there, once it has run. A server that runs for long may still need older ones.
    await pruneCache(join(app.rootDir, ".golem", "cache"), { spare: 86_400_000 });
  }
  return built;
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
