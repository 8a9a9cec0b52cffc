import { inspect } from "node:util";
import { Hono } from "hono";
import type { Host } from "../ground/api/host.ts";
import { errorAnswer, isExpected, json, text } from "./answer.ts";
import { componentRoutes } from "./component-routes.ts";
import { invocationRoutes } from "./invocation-routes.ts";
import { guarded, type Serve } from "./request-guard.ts";
import type { Routes } from "./routes.ts";
import { wayOnRoutes } from "./way-on-routes.ts";
import { workerRoutes } from "./worker-routes.ts";

export interface RestOptions {
  /** Bytes of a JSON request. @default 16 MiB */
  readonly maxJsonBytes?: number;
  /** Bytes of an uploaded component with its files. @default 512 MiB */
  readonly maxComponentBytes?: number;
  /** Requests served at a time; each waiting invocation is one. @default 4096 */
  readonly maxConcurrentRequests?: number;
  /** Names, besides localhost and IP addresses, under which the server may be addressed. @default none */
  readonly allowedHosts?: readonly string[];
  /**
   * Who asks has to name it as `Authorization: Bearer`, unless they ask for `/healthcheck` or `/version`.
   * @default nobody is asked who they are
   */
  readonly token?: string;
  /** Told about errors that callers are not told about. @default writes them to the standard error stream */
  readonly onInternalError?: (error: unknown) => void;
}

/** Golem's REST interface of a host, as a web-standard request handler. */
export interface RestApp {
  readonly fetch: Serve;
}

/** The version of Golem whose interface this is. */
const GOLEM_VERSION = "1.2.5";

const MIB = 1024 * 1024;

export function createRestApp(host: Host, options: RestOptions = {}): RestApp {
  const { maxJsonBytes = 16 * MIB, maxComponentBytes = 512 * MIB, onInternalError = writeError } = options;
  const app = new Hono();
  const paths: RegExp[] = [];
  for (const routes of [
    invocationRoutes(host, maxJsonBytes),
    workerRoutes(host, maxJsonBytes),
    wayOnRoutes(host, maxJsonBytes),
    componentRoutes(host, { maxJsonBytes, maxComponentBytes }),
    { "/healthcheck": { GET: () => json({}) }, "/version": { GET: () => json({ version: GOLEM_VERSION }) } },
  ] satisfies Routes[]) {
    for (const [path, handlers] of Object.entries(routes)) {
      paths.push(patternOf(path));
      for (const [method, handler] of Object.entries(handlers)) app.on(method, path, handler);
    }
  }
  app.notFound((context) =>
    paths.some((path) => path.test(context.req.path))
      ? text("method not allowed", 405)
      : text("not found", 404),
  );
  app.onError((error) => {
    if (!isExpected(error)) onInternalError(error);
    return errorAnswer(error, host.dataDir);
  });
  const { maxConcurrentRequests = 4096, allowedHosts = [], token } = options;
  return {
    fetch: guarded((request, client) => app.fetch(request, client), {
      maxConcurrentRequests,
      allowedHosts,
      token,
    }),
  };
}

function writeError(error: unknown): void {
  process.stderr.write(`${inspect(error)}\n`);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+(?:\{(.+?)\})?/g, (_, pattern = "[^/]+") => pattern)}$`);
}
