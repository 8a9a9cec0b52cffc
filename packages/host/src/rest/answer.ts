import { sep } from "node:path";
import type { JsonTree } from "@golem-kit/wit";
import { stringifyJson } from "@golem-kit/wit";
import { workerIdText } from "../ground/api/worker-id.ts";
import { GolemError, isHostTrouble } from "../ground/golem-error.ts";
import { HostClosedError } from "../router/host-closed-error.ts";
import { RequestError } from "./request-error.ts";

const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
const TEXT_HEADERS = { "content-type": "text/plain; charset=utf-8" };

/** `tree` holds JSON only; 64-bit integers as `bigint` where a `number` is not exact. */
export function json(tree: unknown, status = 200): Response {
  return new Response(stringifyJson(tree as JsonTree), { status, headers: JSON_HEADERS });
}

export function text(body: string, status: number): Response {
  return new Response(body, { status, headers: TEXT_HEADERS });
}

export function bytes(body: Uint8Array): Response {
  return new Response(new Uint8Array(body), { headers: { "content-type": "application/octet-stream" } });
}

/**
 * The answer to a request that failed. What is neither Golem's error, a fault of the request, nor of the data
 * directory, which its owner can mend, tells the caller nothing: it may hold secrets of this machine.
 *
 * @param dataDir where the host keeps its files: they are named without it
 */
export function errorAnswer(error: unknown, dataDir: string): Response {
  const { status, body } = error instanceof RequestError ? error : requestErrorOf(error);
  const isText = typeof body === "string";
  const told = (isText ? body : stringifyJson(body as JsonTree)).replaceAll(`${dataDir}${sep}`, "");
  return new Response(told, { status, headers: isText ? TEXT_HEADERS : JSON_HEADERS });
}

export function isExpected(error: unknown): boolean {
  if (isHostTrouble(error)) return false;
  return error instanceof RequestError || error instanceof GolemError || error instanceof HostClosedError;
}

function requestErrorOf(error: unknown): RequestError {
  if (!(error instanceof GolemError)) {
    const tells = isHostTrouble(error) || error instanceof HostClosedError;
    const details = tells && error instanceof Error ? error.message : "The host failed; its log says why";
    return new RequestError(500, { golemError: { type: "Unknown", details } });
  }
  const { detail } = error;
  switch (detail.type) {
    case "WorkerNotFound":
      return new RequestError(404, { error: `Worker not found: ${workerIdText(detail.workerId)}` });
    case "ComponentNotFound":
      return new RequestError(404, {
        error: `Couldn't retrieve the component: ${detail.componentId}. error: Not found: Component not found`,
      });
    case "FileNotFound":
      return new RequestError(404, { error: error.message });
    case "BadFileType":
      return new RequestError(400, { errors: [error.message] });
    case "ComponentAlreadyExists":
      return new RequestError(409, { error: `Component already exists: ${detail.componentId}` });
    default:
      return new RequestError(500, { golemError: detail });
  }
}
