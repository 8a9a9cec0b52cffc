import { readFileSync } from "node:fs";
import type { WorkerMetadata } from "../../src/index.ts";

/** A request to a Golem server, and what it answered. */
export interface Exchange {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly contentType: string;
  readonly response: unknown;
}

/** One part of a recorded form; of binary ones the value is `<… bytes>`. */
export interface FormPart {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** @param name of a recording, with or without frames of a WebSocket in between */
export function goldenLines<T>(name: string): T[] {
  const text = readFileSync(new URL(`../fixtures/golden/${name}.jsonl`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): T => JSON.parse(line));
}

export function goldenExchanges(name: string): Exchange[] {
  return goldenLines<Exchange>(name).filter((line) => "method" in line);
}

/** The id that an exchange's path names, unless it was made up to be unknown or wrong. */
export function recordedComponentId(exchanges: readonly Exchange[]): string {
  for (const { path } of exchanges) {
    const [, id] = /^\/v1\/components\/([0-9a-f-]{36})/.exec(path) ?? [];
    if (id !== undefined && !id.startsWith("00000000-")) return id;
  }
  throw new Error("No exchange names a component");
}

/** The same exchange about another component. */
export function about(exchange: Exchange, recordedId: string, componentId: string): Exchange {
  return JSON.parse(JSON.stringify(exchange).replaceAll(recordedId, componentId)) as Exchange;
}

/** Makes the request of an exchange. A body that was recorded as text is sent as it is, one of bytes too. */
export async function send(
  url: string,
  { method, path, query, headers, requestBody }: Exchange,
): Promise<Answer> {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of [value].flat()) target.searchParams.append(name, String(item));
  }
  const response = await fetch(target, { method, ...bodyAndHeaders(requestBody, headers) });
  const contentType = response.headers.get("content-type") ?? "";
  const text = await response.text();
  return {
    status: response.status,
    contentType,
    body: contentType.includes("json") ? JSON.parse(text) : text,
  };
}

function bodyAndHeaders(requestBody: unknown, headers: Exchange["headers"]): RequestInit {
  if (requestBody === undefined) return { headers: { ...headers } };
  if (requestBody instanceof FormData) return { body: requestBody };
  if (requestBody instanceof Uint8Array) return { body: new Uint8Array(requestBody) };
  const body = typeof requestBody === "string" ? requestBody : JSON.stringify(requestBody);
  return { body, headers: { "content-type": "application/json", ...headers } };
}

const VOLATILE: ReadonlySet<string> = new Set([
  "binaryWit",
  "createdAt",
  "componentSize",
  "componentVersion",
  "key",
  "lastModified",
  "memories",
  "producers",
  "rootPackageName",
  "rootPackageVersion",
  "timestamp",
  "totalLinearMemorySize",
]);

/**
 * Without what differs from one server to the next: times, sizes and versions, and the order of workers. A worker that is
 * running may be idle a moment later.
 */
export function comparable(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body ?? null, (key, value: unknown) => {
      if (VOLATILE.has(key)) return undefined;
      // Golem 1.2.0 knows no environment of a component.
      if (isComponent(value)) return { ...value, env: undefined };
      if (key === "workers") return (value as WorkerMetadata[]).toSorted(byName);
      return key === "status" && value === "Running" ? "Idle" : value;
    }),
  );
}

function isComponent(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    "versionedComponentId" in value &&
    "env" in value &&
    value.env !== undefined
  );
}

function byName(a: WorkerMetadata, b: WorkerMetadata): number {
  return a.workerId.workerName < b.workerId.workerName ? -1 : 1;
}
