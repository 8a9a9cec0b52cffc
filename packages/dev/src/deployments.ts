import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { BuildOutcome, BuiltComponent } from "@golem-kit/build";
import { deploy } from "@golem-kit/deployment";
import type { Component, Host } from "@golem-kit/host";

/** What came of deploying a component that differs from what runs. */
export interface DeployedComponent {
  readonly component: Component;
  readonly isNew: boolean;
  readonly ms: number;
}

/** Which components of an application are deployed, and of which settings and files. */
export class Deployments {
  readonly #host: Host;
  /** What was deployed last, by component. */
  readonly #deployed = new Map<string, string>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Those that may differ from what runs. Libraries are part of others. */
  async stale(outcomes: readonly BuildOutcome[]): Promise<readonly BuiltComponent[]> {
    const stale: BuiltComponent[] = [];
    for (const outcome of outcomes) {
      if (!("built" in outcome) || outcome.built.componentType === "library") continue;
      const { built } = outcome;
      if (!built.upToDate || this.#deployed.get(built.name) !== (await contentOf(built))) stale.push(built);
    }
    return stale;
  }

  /**
   * Adds a version, if anything differs from the latest one.
   *
   * @throws DeploymentError, GolemError
   */
  async deploy(built: BuiltComponent): Promise<DeployedComponent> {
    const start = performance.now();
    const content = await contentOf(built);
    const { component, change } = await deploy(this.#host.components, built);
    this.#deployed.set(built.name, content);
    return { component, isNew: change === "created", ms: performance.now() - start };
  }

  forget(name: string): void {
    this.#deployed.delete(name);
  }

  /** Names of what this application has or had on the host. */
  get names(): readonly string[] {
    return this.#host.components.list().map(({ componentName }) => componentName);
  }
}

/** All that decides about a version, apart from its code; files by their contents, those of the web by their address. */
async function contentOf({ componentType, dynamicLinking, env, files }: BuiltComponent): Promise<string> {
  const contents = await Promise.all(
    files.map(async ({ sourcePath, targetPath, permissions }) => {
      const isRemote = /^https?:/.test(sourcePath);
      const content = isRemote ? sourcePath : await readFile(local(sourcePath)).catch(() => "");
      return [targetPath, permissions, createHash("sha256").update(content).digest("hex")];
    }),
  );
  return JSON.stringify([componentType, dynamicLinking, env, contents]);
}

function local(path: string): string | URL {
  return path.startsWith("file:") ? new URL(path) : path;
}
