import type { BuiltComponent } from "@golem-kit/build";
import { callPlace, type CallPlace } from "@golem-kit/debugger";
import { readUpload } from "@golem-kit/deployment";
import { type Component, type Host, readOplog, type WorkerId } from "@golem-kit/host";

/**
 * Where the source makes the call by which a replay differs. The engine of a component does not tell that; the same replay in Node
 * does.
 *
 * @returns nothing if Node comes to another end, or takes too long
 */
export async function attemptedPlace(
  host: Host,
  worker: WorkerId,
  { versionedComponentId: { version } }: Component,
  built: BuiltComponent,
  signal: AbortSignal,
): Promise<CallPlace | undefined> {
  const { name, wasmPath, programPath, mapPath } = built;
  try {
    const { files = [], env = {}, dynamicLinking = {}, componentType = "Durable" } = await readUpload(built);
    const entries = await readOplog(host, worker);
    const component = { name, wasmPath, componentType, files, env, dynamicLinking };
    const replay = { component, workerId: worker, version, entries };
    return await callPlace({ replay, program: { path: programPath, mapPath } }, signal);
  } catch {
    // The diagnosis is right without it, too: a worker may be gone meanwhile, or the next save written.
    return undefined;
  }
}
