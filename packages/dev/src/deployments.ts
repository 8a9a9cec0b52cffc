import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { BuildOutcome, BuiltComponent } from "@golem-kit/build";
import { deploy, type Deployment } from "@golem-kit/deployment";
import type { Host } from "@golem-kit/host";

/** Which components of an application are deployed, and of what they were made. */
export class Deployments {
  readonly #host: Host;
  /** What decides about a version, by component, as it was deployed last. */
  readonly #deployed = new Map<string, string>();
  /** Of what was deployed last, by component. */
  readonly #fingerprints = new Map<string, string>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Those that may differ from what runs. Libraries are part of others. */
  async stale(outcomes: readonly BuildOutcome[]): Promise<readonly BuiltComponent[]> {
    const stale: BuiltComponent[] = [];
    for (const outcome of outcomes) {
      if (!("built" in outcome) || outcome.built.componentType === "library") continue;
      const { built } = outcome;
      if (this.#deployed.get(built.name) !== (await contentOf(built))) stale.push(built);
    }
    return stale;
  }

  /** Whether its WIT may be another than that of what was deployed, as far as is known. */
  mayHaveOtherWit({ name, fingerprint }: BuiltComponent): boolean {
    return this.#fingerprints.get(name) !== fingerprint;
  }

  /**
   * Adds a version, if anything differs from the latest one.
   *
   * @throws DeploymentError, GolemError
   */
  async deploy(built: BuiltComponent): Promise<Deployment> {
    const content = await contentOf(built);
    const deployment = await deploy(this.#host.components, built);
    this.#deployed.set(built.name, content);
    this.#fingerprints.set(built.name, built.fingerprint);
    return deployment;
  }

  forget(name: string): void {
    this.#deployed.delete(name);
    this.#fingerprints.delete(name);
  }
}

/**
 * All that decides about a version: files by their contents, those of the web by their address. Whether code that was written
 * anew is other code is found out by deploying it.
 */
async function contentOf(built: BuiltComponent): Promise<string> {
  const { componentType, dynamicLinking, env, files, wasmPath } = built;
  const { mtimeMs, size } = await stat(wasmPath);
  const contents = await Promise.all(
    files.map(async ({ sourcePath, targetPath, permissions }) => {
      const isRemote = /^https?:/.test(sourcePath);
      const content = isRemote ? sourcePath : await readFile(local(sourcePath)).catch(() => "");
      return [targetPath, permissions, createHash("sha256").update(content).digest("hex")];
    }),
  );
  return JSON.stringify([mtimeMs, size, componentType, dynamicLinking, env, contents]);
}

function local(path: string): string | URL {
  return path.startsWith("file:") ? new URL(path) : path;
}
