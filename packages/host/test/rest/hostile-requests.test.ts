import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createHost, type Host, type RunningServer, serve } from "../../src/index.ts";
import { campaignSize } from "../campaign-size.ts";
import { mailerComponent } from "./component-client.ts";

let host: Host;
let server: RunningServer;
let componentId: string;

const COMPONENT = "COMPONENT";

beforeAll(async () => {
  host = await createHost({ shards: 1 });
  server = await serve(host, {
    port: 0,
    onInternalError: (error) => {
      throw error;
    },
  });
  const { versionedComponentId } = await host.components.create("a:b", { wasm: await mailerComponent() });
  ({ componentId } = versionedComponentId);
  await host.workers.create(componentId, { name: "w" });
});

afterAll(async () => {
  await server.close();
  await host.close();
});

const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("v1", "components", COMPONENT, "workers", "w", "latest", "versions", "0"),
  },
  fc.constantFrom(
    "find",
    "search",
    "updates",
    "upload",
    "download",
    "complete",
    "update",
    "revert",
    "oplog",
    "files",
  ),
  fc.constantFrom(
    "file-contents",
    "invocations",
    "interrupt",
    "resume",
    "plugins",
    "%2F",
    "..",
    "%00",
    "%ff",
    "a%20b",
    "",
  ),
  fc.string({ maxLength: 12, unit: "binary" }).map((text) => encodeURIComponent(text.toWellFormed())),
);
/** Mostly paths that exist, so that what is behind them is reached. */
const path = fc.oneof(
  fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join("/")}`),
  fc
    .array(part, { maxLength: 2 })
    .map((parts) => ["/v1/components", COMPONENT, "workers/w", ...parts].join("/")),
  fc.array(part, { maxLength: 2 }).map((parts) => ["/v1/components", COMPONENT, ...parts].join("/")),
);
const name = fc.constantFrom(
  "function",
  "count",
  "from",
  "cursor",
  "query",
  "filter",
  "version",
  "precise",
  "component_type",
);
const value = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom("-1", "1e9", "99999999999999999999", "0/0", "5-0", "(((", "true", "version > x"),
);
const query = fc.array(fc.tuple(name, value), { maxLength: 4 });
const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .record(
      {
        name: fc.jsonValue(),
        args: fc.jsonValue(),
        env: fc.jsonValue(),
        params: fc.jsonValue(),
        oplogIdx: fc.jsonValue(),
        data: fc.jsonValue(),
        mode: fc.constantFrom("Automatic", "Manual", 1),
        targetVersion: fc.jsonValue(),
        type: fc.constantFrom("revertToOplogIndex", "revertLastInvocations", "Name"),
        lastOplogIndex: fc.integer(),
        numberOfInvocations: fc.integer(),
        filter: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((tree) => JSON.stringify(tree)),
);
const boundary = "b";
const multipart = fc
  .array(
    fc.tuple(
      fc.constantFrom("name", "component", "files", "filesPermissions", "dynamicLinking", "env"),
      fc.string(),
    ),
    { maxLength: 5 },
  )
  .map(
    (parts) =>
      parts
        .map(
          ([field, text]) =>
            `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${text}\r\n`,
        )
        .join("") + `--${boundary}--\r\n`,
  );
const body = fc.oneof(
  fc.record({ type: fc.constant("application/json"), text: fc.oneof(json, fc.string()) }),
  fc.record({
    type: fc.constant(`multipart/form-data; boundary=${boundary}`),
    text: fc.oneof(multipart, fc.string()),
  }),
  fc.record({ type: fc.constantFrom("", "text/plain", "multipart/form-data", "\u00ff"), text: fc.string() }),
);
const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

/** Golem answers 500 where the worker's service refuses, always in this shape; the host's own failures are `Unknown`. */
function isLegitimate(status: number, text: string): boolean {
  if (status < 500) return true;
  if (status !== 500) return false;
  const { golemError } = JSON.parse(text) as { golemError?: { type: string; details?: string } };
  return golemError !== undefined && golemError.details !== "The host failed; its log says why";
}

test(
  "no request makes the server fail, hang or tell where it runs",
  { timeout: campaignSize(60_000, 1_800_000) },
  async () => {
    await fc.assert(
      fc.asyncProperty(method, path, query, body, async (verb, place, parameters, { type, text }) => {
        const url = new URL(place.replaceAll(COMPONENT, componentId).replace(/^\/+/, "/"), server.url);
        for (const [key, given] of parameters) url.searchParams.append(key, given);
        const answer = await fetch(url, {
          method: verb,
          headers: { "content-type": type },
          ...(verb !== "GET" && { body: text }),
          signal: AbortSignal.timeout(20_000),
        });
        const said = await answer.text();
        expect({ said, legitimate: isLegitimate(answer.status, said) }).toMatchObject({ legitimate: true });
        expect(said).not.toContain(host.dataDir);
      }),
      { numRuns: campaignSize(300, 10_000) },
    );
    expect((await fetch(`${server.url}/healthcheck`)).status).toBe(200);
  },
);
