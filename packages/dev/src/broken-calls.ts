import { readFile } from "node:fs/promises";
import {
  type Application,
  type ApplicationComponent,
  type BuiltComponent,
  memberUses,
  outputsOf,
} from "@golem-kit/build";
import type { Host } from "@golem-kit/host";
import { worldOfComponent } from "@golem-kit/wit";
import type { BrokenCall } from "./dev-event.ts";
import { type InterfaceChange, interfaceChanges } from "./interface-changes.ts";
import { typeMistakes } from "./type-check.ts";

/**
 * The calls between components that would fail once these are deployed: of functions that are gone or have another type, by
 * components that have not been changed accordingly. Those of a changed type are found by the compiler, if there is one.
 *
 * @param changed components whose WIT may have changed
 */
export async function brokenCalls(
  host: Host,
  app: Application,
  changed: readonly BuiltComponent[],
): Promise<readonly BrokenCall[]> {
  const broken = await Promise.all(
    changed.map(async (built) => {
      const changes = await changesOf(host, built);
      const callers = [...app.components.values()].filter(({ dependencies }) =>
        dependencies.some(({ target }) => target === built.name),
      );
      if (changes.length === 0) return [];
      return (await Promise.all(callers.map((caller) => callsOf(app, caller, built.name, changes)))).flat();
    }),
  );
  return broken.flat();
}

async function changesOf(
  host: Host,
  { name, wasmPath }: BuiltComponent,
): Promise<readonly InterfaceChange[]> {
  const [deployed] = host.components.list(name);
  if (deployed === undefined) return [];
  const { componentId } = deployed.versionedComponentId;
  const [before, after] = await Promise.all([host.components.download(componentId), readFile(wasmPath)]);
  return interfaceChanges(worldOfComponent(before), worldOfComponent(after));
}

async function callsOf(
  { rootDir }: Application,
  caller: ApplicationComponent,
  component: string,
  changes: readonly InterfaceChange[],
): Promise<readonly BrokenCall[]> {
  const mistakes = await typeMistakes(rootDir, caller.dir);
  if (mistakes?.length === 0) return [];
  const members = new Set(changes.flatMap((change) => change.members));
  const uses = await memberUses(outputsOf(caller).program, members).catch(() => undefined);
  return changes.flatMap(({ function: name, change, members: read }) => {
    const places = read.flatMap((member) => uses?.get(member) ?? []);
    if (places.length === 0) return [];
    // Without a compiler nobody knows whether a call of another type is right.
    if (mistakes === undefined && change === "changed") return [];
    const shown =
      mistakes?.map(({ place, message }) => `${place} ${message}`) ??
      places.map(({ file, line, column }) => `${file}:${line}:${column}`);
    return [{ component, function: name, change, caller: caller.name, places: shown }];
  });
}
