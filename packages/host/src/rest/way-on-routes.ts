import type { Host } from "../ground/api/host.ts";
import { json } from "./answer.ts";
import { boolean, object, optional, string, u64 } from "./json-shape.ts";
import { bodyOf } from "./request-body.ts";
import { checkedWorkerName, workerIdOf } from "./request-parts.ts";
import type { Routes } from "./routes.ts";

const forkRequest = object("ForkWorkerRequest", {
  targetWorkerName: string,
  oplogIndexCutOff: u64,
  targetVersion: optional("integer(uint64)", u64),
  anyResult: optional("boolean", boolean),
});

/** Ways on for a worker whose past does not fit a new version. Golem has no such requests. */
export function wayOnRoutes(host: Host, maxJsonBytes: number): Routes {
  return {
    "/v1/components/:component_id/workers/:name/fork": {
      POST: async (context) => {
        const source = workerIdOf(context);
        const request = await bodyOf(context, maxJsonBytes, forkRequest);
        const { targetWorkerName, oplogIndexCutOff, targetVersion: version, anyResult } = request;
        const target = { componentId: source.componentId, workerName: checkedWorkerName(targetWorkerName) };
        await host.workers.fork(source, target, oplogIndexCutOff, {
          ...(version !== undefined && { version }),
          ...(anyResult !== undefined && { anyResult }),
        });
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/start-anew": {
      POST: async (context) => json(await host.workers.startAnew(workerIdOf(context))),
    },
  };
}
