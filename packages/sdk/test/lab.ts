import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { buildComponents, loadApplication } from "@golem-kit/build";
import { createHost } from "@golem-kit/host";

const ROOT = join(import.meta.dirname, "lab");

/** Builds the component of the `lab` folder, and runs it on a host of its own. */
export async function openLab(): Promise<AsyncDisposable & { readonly call: LabCall }> {
  const [built] = await buildComponents(await loadApplication(ROOT));
  if (built === undefined) throw new Error("The lab has no component");
  const host = await createHost({ cacheDir: join(ROOT, ".golem/cache") });
  const wasm = await readFile(built.wasmPath);
  const component = await host.components.create(built.name, { wasm, dynamicLinking: built.dynamicLinking });
  const { componentId } = component.versionedComponentId;
  return {
    async call(workerName, name, ...values) {
      const invocation = {
        function: `sdk:lab-exports/api.{${name}}`,
        params: { form: "values", values },
      } as const;
      const answer = await host.workers.invokeAndAwait({ componentId, workerName }, invocation);
      return answer.form === "values" ? answer.value : undefined;
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

type LabCall = (worker: string, name: string, ...values: readonly unknown[]) => Promise<unknown>;
