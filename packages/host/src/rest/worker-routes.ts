import type { Context } from "hono";
import type { Host } from "../ground/api/host.ts";
import type { WorkerFilter } from "../ground/filter/worker-filter.ts";
import type { RevertTarget, UpdateMode } from "../ground/api/workers.ts";
import { filterFromJson } from "../ground/filter/filter-from-json.ts";
import { WorkerFilterError, parseFilters } from "../ground/filter/parse-filter.ts";
import { bytes, json } from "./answer.ts";
import type { Shape } from "./json-shape.ts";
import {
  boolean,
  isObject,
  list,
  map,
  object,
  oneOf,
  optional,
  refuse,
  string,
  u64,
  u8,
} from "./json-shape.ts";
import { oplogForClient } from "./oplog-for-client.ts";
import { bodyOf } from "./request-body.ts";
import { invalid, malformed } from "./request-error.ts";
import {
  booleanQuery,
  checkedWorkerName,
  componentIdOf,
  filePathOf,
  numberQuery,
  requiredNumberQuery,
  workerIdOf,
} from "./request-parts.ts";
import type { Routes } from "./routes.ts";

/** The most entries of an oplog that one answer holds. */
const MAX_OPLOG_PAGE = 100;

const workerCreationRequest = object("WorkerCreationRequest", {
  name: string,
  args: list("string", string),
  env: map("string", string),
});

const workerFilter: Shape<WorkerFilter> = (given) => filterFromJson(given) ?? refuse("WorkerFilter", given);

const workersMetadataRequest = object("WorkersMetadataRequest", {
  filter: optional("WorkerFilter", workerFilter),
  cursor: optional("ScanCursor", object("ScanCursor", { cursor: u64, layer: u64 })),
  count: optional("integer(uint64)", u64),
  precise: optional("boolean", boolean),
});

const completeParameters = object("CompleteParameters", { oplogIdx: u64, data: list("integer(uint8)", u8) });

const updateRequest = object("UpdateWorkerRequest", {
  mode: oneOf<UpdateMode>("WorkerUpdateMode", ["Automatic", "Manual"]),
  targetVersion: u64,
});

const revertToOplogIndex = object("RevertToOplogIndex", { lastOplogIndex: u64 });
const revertLastInvocations = object("RevertLastInvocations", { numberOfInvocations: u64 });

const revertTarget: Shape<RevertTarget> = (given) => {
  const type = isObject(given) ? given["type"] : undefined;
  if (type === "revertToOplogIndex") return { type, ...revertToOplogIndex(given) };
  if (type === "revertLastInvocations") return { type, ...revertLastInvocations(given) };
  return refuse("RevertWorkerTarget", given);
};

type Query = Parameters<Host["workers"]["list"]>[1];

/** Everything about workers but their invocations. */
export function workerRoutes(host: Host, maxJsonBytes: number): Routes {
  const listWorkers = async (componentId: string, query: { [K in keyof NonNullable<Query>]: unknown }) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    return json(await host.workers.list(componentId, Object.fromEntries(given)));
  };

  return {
    "/v1/components/:component_id/workers": {
      POST: async (context) => {
        const componentId = componentIdOf(context);
        const { name, args, env } = await bodyOf(context, maxJsonBytes, workerCreationRequest);
        return json(await host.workers.create(componentId, { name: checkedWorkerName(name), args, env }));
      },
      GET: (context) => {
        booleanQuery(context, "precise");
        return listWorkers(componentIdOf(context), {
          filter: filterOf(context),
          cursor: cursorOf(context),
          count: numberQuery(context, "count"),
        });
      },
    },
    "/v1/components/:component_id/workers/find": {
      POST: async (context) => {
        const componentId = componentIdOf(context);
        const { filter, cursor, count } = await bodyOf(context, maxJsonBytes, workersMetadataRequest);
        return listWorkers(componentId, { filter, cursor, count });
      },
    },
    "/v1/components/:component_id/workers/:name": {
      GET: async (context) => json(await host.workers.get(workerIdOf(context))),
      DELETE: async (context) => {
        await host.workers.delete(workerIdOf(context));
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/complete": {
      POST: async (context) => {
        const id = workerIdOf(context);
        const { oplogIdx, data } = await bodyOf(context, maxJsonBytes, completeParameters);
        return json(await host.workers.completePromise(id, oplogIdx, Uint8Array.from(data)));
      },
    },
    "/v1/components/:component_id/workers/:name/files/:path{.+}": {
      GET: async (context) => {
        const id = workerIdOf(context);
        return json({ nodes: await host.workers.files(id, filePathOf(context)) });
      },
    },
    "/v1/components/:component_id/workers/:name/file-contents/:path{.+}": {
      GET: async (context) => {
        const id = workerIdOf(context);
        return bytes(await host.workers.fileContents(id, filePathOf(context)));
      },
    },
    "/v1/components/:component_id/workers/:name/interrupt": {
      POST: async (context) => {
        const recoverImmediately = booleanQuery(context, "recovery-immediately");
        await host.workers.interrupt(workerIdOf(context), { recoverImmediately });
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/resume": {
      POST: async (context) => {
        await host.workers.resume(workerIdOf(context));
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/update": {
      POST: async (context) => {
        const id = workerIdOf(context);
        const { mode, targetVersion } = await bodyOf(context, maxJsonBytes, updateRequest);
        await host.workers.update(id, mode, targetVersion);
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/revert": {
      POST: async (context) => {
        const id = workerIdOf(context);
        await host.workers.revert(id, await bodyOf(context, maxJsonBytes, revertTarget));
        return json({});
      },
    },
    "/v1/components/:component_id/workers/:name/connect": {
      GET: async (context) => {
        const id = workerIdOf(context);
        if (context.req.header("upgrade")?.toLowerCase() !== "websocket") throw malformed("invalid protocol");
        await host.workers.get(id);
        // The server upgrades the connection.
        return new Response(null, { status: 204 });
      },
    },
    "/v1/components/:component_id/workers/:name/oplog": {
      GET: async (context) => {
        const id = workerIdOf(context);
        const count = Math.min(requiredNumberQuery(context, "count"), MAX_OPLOG_PAGE);
        const from = firstIndexOf(context);
        const query = context.req.query("query");
        const asked = { from, count, ...(query === undefined ? {} : { query }) };
        return json(oplogForClient(await host.workers.oplog(id, asked), context));
      },
    },
  };
}

function filterOf(context: Context): WorkerFilter | undefined {
  try {
    return parseFilters(context.req.queries("filter") ?? []);
  } catch (error) {
    throw error instanceof WorkerFilterError ? invalid(error.message) : error;
  }
}

function cursorOf(context: Context): { layer: number; cursor: number } | undefined {
  const text = context.req.query("cursor");
  if (text === undefined) return undefined;
  const [, layer, cursor] = /^(\d{1,15})\/(\d{1,15})$/.exec(text) ?? [];
  if (cursor === undefined) throw invalid("Invalid cursor, must have 'layer/cursor' format");
  return { layer: Number(layer), cursor: Number(cursor) };
}

/** A cursor (`{index}-{component version}`) goes before `from`. */
function firstIndexOf(context: Context): number {
  const cursor = context.req.query("cursor");
  const from = numberQuery(context, "from");
  if (from !== undefined && context.req.query("query") !== undefined)
    throw invalid("Cannot specify both the 'from' and the 'query' parameters");
  if (cursor === undefined) return Math.max(from ?? 1, 1);
  const [, index] = /^(\d{1,15})-\d{1,15}$/.exec(cursor) ?? [];
  if (index !== undefined) return Math.max(Number(index), 1);
  throw malformed(
    'failed to parse parameter `cursor`: failed to parse "OplogCursor": Invalid oplog cursor (occurred while parsing "optional_OplogCursor")',
  );
}
