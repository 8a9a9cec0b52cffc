import { randomUUID } from "node:crypto";
import { type JsonTree, stringifyJson } from "@golem-kit/wit";
import type { Context } from "hono";
import type { Host } from "../ground/api/host.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { Invocation } from "../ground/api/invocation.ts";
import { json } from "./answer.ts";
import type { Shape } from "./json-shape.ts";
import { isObject, JsonShapeError, list, object } from "./json-shape.ts";
import { bodyOf } from "./request-body.ts";
import { invalid } from "./request-error.ts";
import { componentIdOf, requiredQuery, workerIdOf } from "./request-parts.ts";
import { requestTrace } from "./request-trace.ts";
import type { Routes } from "./routes.ts";

/** Calls of exported functions, of a worker by name or of a new one. */
export function invocationRoutes(host: Host, maxJsonBytes: number): Routes {
  const invocationOf = async (context: Context): Promise<Invocation> => ({
    trace: requestTrace(context, host.simulation.clock.now()),
    ...(await requestedInvocation(context, maxJsonBytes)),
  });
  const invokeAndAwait = async (context: Context, id: WorkerId): Promise<Response> => {
    const result = await host.workers.invokeAndAwait(id, await invocationOf(context));
    if (result.form !== "json") throw new Error("The host answered JSON parameters with plain values");
    return json({ result: { typ: result.typ, value: result.value } });
  };
  const invoke = async (context: Context, id: WorkerId): Promise<Response> => {
    await host.workers.invoke(id, await invocationOf(context));
    return json({});
  };
  return {
    "/v1/components/:component_id/workers/:name/invoke-and-await": {
      POST: (context) => invokeAndAwait(context, workerIdOf(context)),
    },
    "/v1/components/:component_id/workers/:name/invoke": {
      POST: (context) => invoke(context, workerIdOf(context)),
    },
    "/v1/components/:component_id/invoke-and-await": {
      POST: (context) => invokeAndAwait(context, newWorkerOf(context)),
    },
    "/v1/components/:component_id/invoke": {
      POST: (context) => invoke(context, newWorkerOf(context)),
    },
    "/v1/components/:component_id/workers/:name/invocations/:idempotency_key": {
      DELETE: async (context) => {
        const key = context.req.param("idempotency_key") ?? "";
        return json({ canceled: await host.workers.cancelInvocation(workerIdOf(context), key) });
      },
    },
  };
}

function newWorkerOf(context: Context): WorkerId {
  return { componentId: componentIdOf(context), workerName: randomUUID() };
}

async function requestedInvocation(context: Context, maxJsonBytes: number): Promise<Invocation> {
  const name = requiredQuery(context, "function");
  const params = await bodyOf(context, maxJsonBytes, paramsOf);
  const idempotencyKey = context.req.header("idempotency-key");
  const invocation = { function: name, params: { form: "json", params } } as const;
  return idempotencyKey === undefined ? invocation : { ...invocation, idempotencyKey };
}

interface Param {
  readonly typ?: unknown;
  readonly value: unknown;
}

const param: Shape<Param> = (json) => {
  if (isObject(json) && "value" in json) return { typ: json["typ"] ?? undefined, value: json["value"] };
  const given = stringifyJson((json ?? null) as JsonTree);
  throw new JsonShapeError(
    `Expected input type "ValueAndOptionalType", found ${given}: each parameter is written {"value": …}, this one {"value": ${given}}.`,
  );
};

const invokeParameters = object("InvokeParameters", { params: list("ValueAndOptionalType", param) });

function paramsOf(tree: unknown): readonly Param[] {
  const { params } = invokeParameters(tree);
  const typed = params.filter(({ typ }) => typ !== undefined).length;
  if (typed === 0 || typed === params.length) return params;
  throw invalid(
    "Some parameters have types specified, while others don't. Either all parameters must have types or none of them should.",
  );
}
