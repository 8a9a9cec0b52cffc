import { buildNamed, readUpload } from "@golem-kit/deployment";
import type { Job } from "@golem-kit/debugger";
import type { RecordedWorker } from "./recorded-worker.ts";
import type { GolemClient } from "./rest/golem-client.ts";
import { RestError } from "./rest/rest-error.ts";

/** A component as it is built from the sources here. */
export interface DebuggedSources {
  readonly component: Job["replay"]["component"];
  readonly program: Job["program"];
  /** Says so, if the worker runs something else than what is built here. */
  differenceFrom(client: GolemClient, worker: RecordedWorker): Promise<string | undefined>;
}

/**
 * Builds a component of the application around the current directory, unless nothing has changed.
 *
 * @throws BuildError, ManifestError, WitError, NameError; DeploymentError for a library
 */
export async function debuggedSources(componentName: string): Promise<DebuggedSources> {
  const { findApplicationRoot, loadApplication, outputsOf } = await import("@golem-kit/build");
  const [built] = await buildNamed([componentName]);
  const { components } = await loadApplication(findApplicationRoot(process.cwd()));
  const source = components.get(componentName);
  if (built === undefined || source === undefined) throw new Error(`${componentName} was not built`);
  const {
    wasm,
    files = [],
    env = {},
    dynamicLinking = {},
    componentType = "Durable",
  } = await readUpload(built);
  const { program, map } = outputsOf(source);
  return {
    component: { name: componentName, wasmPath: built.wasmPath, componentType, files, dynamicLinking, env },
    program: { path: program, mapPath: map },
    differenceFrom: async (client, { workerId, componentVersion }) => {
      const deployed = await client
        .download(workerId.componentId, componentVersion)
        .catch((error: unknown) => {
          if (error instanceof RestError) return undefined;
          throw error;
        });
      if (deployed !== undefined && Buffer.compare(deployed, wasm) === 0) return undefined;
      return (
        `The worker runs version ${componentVersion} of ${componentName}, which is not what is built from the sources as they are ` +
        "now. The replay shows where they differ; for the worker's own lines, go back to the sources of that version."
      );
    },
  };
}
