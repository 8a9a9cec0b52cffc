import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { type BuiltComponent, buildComponents, loadApplication } from "@golem-kit/build";
import { createHost, type Host } from "@golem-kit/host";

const ROOT = join(import.meta.dirname, "lab");

/** The component of the `lab` folder on a host of its own. */
export interface Lab extends AsyncDisposable {
  readonly host: Host;
  readonly componentId: string;
  /** Calls a function of `api`, or one that is named in full. */
  call(worker: string, name: string, ...values: readonly unknown[]): Promise<unknown>;
  /** Runs one of the scenarios in `src/state`. */
  run(worker: string, scenario: string, ...values: readonly string[]): Promise<unknown>;
  /** Runs one of the scenarios in `src/waits`. */
  wait(worker: string, scenario: string, ...values: readonly string[]): Promise<unknown>;
}

export async function openLab(): Promise<Lab> {
  const built = await buildLab();
  const host = await createHost({ cacheDir: join(ROOT, ".golem/cache"), allow: ["local"] });
  const wasm = await readFile(built.wasmPath);
  const component = await host.components.create(built.name, { wasm, dynamicLinking: built.dynamicLinking });
  const { componentId } = component.versionedComponentId;
  const call: Lab["call"] = async (workerName, name, ...values) => {
    const invocation = {
      function: name.includes("/") ? name : `sdk:lab-exports/api.{${name}}`,
      params: { form: "values", values },
    } as const;
    const answer = await host.workers.invokeAndAwait({ componentId, workerName }, invocation);
    return answer.form === "values" ? answer.value : undefined;
  };
  return {
    host,
    componentId,
    call,
    async run(worker, scenario, ...values) {
      return JSON.parse(String(await call(worker, "sdk:lab-exports/state.{run}", scenario, values)));
    },
    async wait(worker, scenario, ...values) {
      return JSON.parse(String(await call(worker, "sdk:lab-exports/waits.{observe}", scenario, values)));
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

/** Test files run side by side: the first one builds, the others wait. The lock ends with its process. */
export async function buildLab(): Promise<BuiltComponent> {
  const folder = join(ROOT, ".golem");
  await mkdir(folder, { recursive: true });
  using lock = new DatabaseSync(join(folder, "build.lock"), { timeout: 170_000 });
  lock.exec("begin exclusive");
  const [built] = await buildComponents(await loadApplication(ROOT));
  if (built === undefined) throw new Error("The lab has no component");
  return built;
}
