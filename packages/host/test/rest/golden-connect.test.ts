import { once } from "node:events";

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { createHost, type Host, type RunningServer, serve } from "../../src/index.ts";
import { FIXTURE_CACHE, fixtureComponent } from "../fixtures/fixture-component.ts";
import { about, goldenExchanges, goldenLines, recordedComponentId, send } from "./golden-exchanges.ts";

type Payload = Readonly<Record<string, unknown>>;
type Event = Readonly<Record<string, Payload>>;

interface Recorded {
  readonly event?: string;
  readonly data?: Event;
  readonly label?: string;
  readonly status?: number;
  readonly body?: string;
}

let host: Host;
let server: RunningServer;
let componentId: string;

beforeAll(async () => {
  host = await createHost({ shards: 1, cacheDir: FIXTURE_CACHE });
  const component = await host.components.create("shop:tour", await fixtureComponent("tour"));
  ({ componentId } = component.versionedComponentId);
  server = await serve(host, { port: 0 });
}, 120_000);

afterAll(async () => {
  await server.close();
  await host.close();
});

const frames = goldenLines<Recorded>("connect").flatMap(({ event, data }) =>
  event === "frame" && data !== undefined ? [data] : [],
);
const exchanges = goldenExchanges("connect");
const recordedId = recordedComponentId(exchanges);

/**
 * What is told, without times and keys: output that was written in one piece may come in several. The stack that an
 * engine prints is its own: only its first line stays.
 */
function told(events: readonly Event[]): string[] {
  const lines: string[] = [];
  let open: { kind: string; bytes: number[] } | undefined;
  const close = (): void => {
    if (open !== undefined)
      lines.push(`${open.kind} ${Buffer.from(open.bytes).toString("utf8").split("\n")[0] ?? ""}`);
    open = undefined;
  };
  for (const event of events) {
    const [[kind, payload] = ["", {}]] = Object.entries(event);
    if (kind === "StdOut" || kind === "StdErr") {
      if (open?.kind !== kind) close();
      open ??= { kind, bytes: [] };
      open.bytes.push(...(payload["bytes"] as number[]));
      continue;
    }
    close();
    lines.push(
      [kind, payload["function"] ?? payload["level"], payload["message"], payload["context"]]
        .join(" ")
        .trim(),
    );
  }
  close();
  return lines;
}

const fieldsOf = (events: readonly Event[]): unknown =>
  Object.fromEntries(
    events.flatMap((event) =>
      Object.entries(event).map(([kind, payload]) => [kind, Object.keys(payload).toSorted()]),
    ),
  );

test("a connection tells what a Golem server told, history included", async () => {
  const [early, ...later] = exchanges
    .filter(({ label }) => ["before the connection", "print", "log", "fail", "delete"].includes(label))
    .map((exchange) => about(exchange, recordedId, componentId));
  if (early === undefined) throw new Error("The recording is empty");
  await send(server.url, early);
  const url = `${server.url.replace("http", "ws")}${early.path.replace(/[^/]+$/, "connect")}`;
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const events: Event[] = [];
  socket.on("message", (data: Buffer) => events.push(JSON.parse(data.toString("utf8"))));
  const closed = once(socket, "close");
  await once(socket, "open");
  for (const exchange of later) {
    const { status } = await send(server.url, exchange);
    expect({ label: exchange.label, status }).toEqual({ label: exchange.label, status: exchange.status });
  }

  expect((await closed)[0]).toBe(1005);
  expect(told(events)).toEqual(told(frames));
  expect(fieldsOf(events)).toEqual(fieldsOf(frames));
});

test.each(goldenLines<Recorded>("connect").filter(({ event }) => event === "refused"))(
  "a connection to an $label is refused in the same words",
  async ({ label, status, body = "" }) => {
    const paths: Readonly<Record<string, string>> = {
      "unknown worker": `${componentId}/workers/no-such-worker`,
      "unknown component": "00000000-0000-4000-8000-000000000000/workers/x",
      "bad id": "not-a-uuid/workers/x",
    };
    const socket = new WebSocket(
      `${server.url.replace("http", "ws")}/v1/components/${paths[label ?? ""] ?? ""}/connect`,
    );
    socket.on("error", () => undefined);
    const [, response] = await once(socket, "unexpected-response");
    const chunks: Buffer[] = await response.toArray();
    expect(response.statusCode).toBe(status);
    expect(Buffer.concat(chunks).toString("utf8")).toBe(body.replaceAll(recordedId, componentId));
    socket.terminate();
  },
);
