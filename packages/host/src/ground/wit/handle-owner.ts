import type { WorkerId } from "../api/worker-id.ts";
import { workerIdText } from "../api/worker-id.ts";
import type { WitNode, WitValue } from "./wit-value.ts";

/** `urn:worker:{component id}/{worker name}`: goes along with every handle, which means nothing to other workers. */
function workerUri(worker: WorkerId): string {
  return `urn:worker:${workerIdText(worker)}`;
}

/** Says of the handles in a value whose they are. */
export function withOwner({ nodes }: WitValue, worker: WorkerId): WitValue {
  const owner = { value: workerUri(worker) };
  return {
    nodes: nodes.map((node) => (node.tag === "handle" ? { ...node, val: [owner, idOf(node)] } : node)),
  };
}

/** @throws TypeError if a handle in the value is of another worker than `worker` */
export function assertOwned({ nodes }: WitValue, worker: WorkerId): void {
  const owner = workerUri(worker);
  for (const node of nodes) {
    if (node.tag !== "handle") continue;
    const [uri] = node.val as readonly [{ readonly value: string }, unknown];
    if (uri.value !== owner && uri.value !== "")
      throw new TypeError("cannot resolve handle belonging to a different worker");
  }
}

function idOf({ val }: WitNode): unknown {
  return (val as readonly [unknown, unknown])[1];
}
