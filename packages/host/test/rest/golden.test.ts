import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ComponentUpload, createHost, type Host, type RunningServer, serve } from "../../src/index.ts";
import { FIXTURE_CACHE, fixtureComponent } from "../fixtures/fixture-component.ts";
import { goldenComponent } from "../golden-component.ts";
import { Origin } from "../http/origin.ts";
import { mailerComponent } from "./component-client.ts";
import { type Deviation, deviations } from "./golden-deviations.ts";
import { type Exchange, goldenExchanges } from "./golden-exchanges.ts";
import { replay, type Reply, zipOf } from "./golden-replay.ts";

/** Ids of the recorded server's components. */
const TOUR = ["01a00fcd-39f1-4616-a9b4-8f3b3b62c750", "7258e677-ddee-46a4-ba00-1293410a8b1f"];
const MAILER = ["da38e528-f2d1-4c3d-ac8b-9a0644812be4", "e44cff41-4810-4f48-9aff-49d703894e75"];
const ORDERS = ["2a3d4d03-ffa6-4ba1-ab7b-d5f84279dced"];

let host: Host;
let server: RunningServer;
const components = new Map<string, string>();
let orders: Uint8Array;
let mailer: Uint8Array;
let origin: Origin;

beforeAll(async () => {
  origin = await Origin.open({ "/golden": (_, response) => response.end("GET /golden ok") });
  components.set("127.0.0.1:8099", origin.authority);
  host = await createHost({ cacheDir: FIXTURE_CACHE, allow: ["local"] });
  server = await serve(host, { port: 0 });
  const deploy = async (ids: readonly string[], name: string, upload: ComponentUpload): Promise<void> => {
    const { versionedComponentId } = await host.components.create(name, upload);
    for (const id of ids) components.set(id, versionedComponentId.componentId);
  };
  const content = (text: string): Uint8Array => new TextEncoder().encode(text);
  orders = await goldenComponent();
  const sendsMail = await fixtureComponent("mailer");
  mailer = sendsMail.wasm;
  await deploy(ORDERS, "shop:orders", { wasm: orders });
  await deploy(MAILER, "shop:mailer", { ...sendsMail, componentType: "Ephemeral" });
  await deploy(TOUR, "shop:tour", {
    ...(await fixtureComponent("tour")),
    files: [
      {
        path: "/data/read-only.txt",
        permissions: "read-only",
        content: content("initial read-only content"),
      },
      { path: "/data/read-write.txt", permissions: "read-write", content: content("open") },
    ],
  });
}, 120_000);

afterAll(async () => {
  await server.close();
  await host.close();
  await origin[Symbol.asyncDispose]();
});

/** What an answer of this host is to be, if not what the recorded one is. */
function expected(recording: string, label: string, golden: object): object {
  const deviation: Deviation | undefined = deviations[`${recording}: ${label}`] ?? deviations[label];
  return deviation === undefined ? golden : { label, contentType: expect.any(String), ...deviation };
}

function compare(recording: string, ours: readonly Reply[], golden: readonly Reply[]): void {
  expect(ours.map(({ label }) => label)).toEqual(golden.map(({ label }) => label));
  for (const [index, each] of golden.entries())
    expect.soft(ours[index]).toEqual(expected(recording, each.label, each));
}

/** The index of the promise that the first call has made. */
function createdIndex([first]: readonly Reply[]): number {
  const { result } = (first?.body ?? {}) as { readonly result: { readonly value: readonly [number] } };
  return result.value[0];
}

/** Of workers that other recordings had left behind, and by a cursor, which each server counts in its own way. */
const OF_ANOTHER_TIME: ReadonlySet<string> = new Set(["ephemeral list", "list, next page"]);

/** Milliseconds. A recording is a conversation of up to 54 requests. */
const LONG = 120_000;

const ended = async (exchange: Exchange): Promise<void> => {
  const [, componentId = "", workerName = ""] =
    /components\/([^/]+)\/workers\/([^/]+)/.exec(exchange.path) ?? [];
  const id = { componentId, workerName };
  // What an update or a call that nobody waits for leads to is told by the next exchange.
  if (exchange.path.endsWith("/update") && exchange.status === 200) {
    const isOver = async (): Promise<boolean> =>
      (await host.workers.get(id)).updates.every(({ type }) => type !== "pendingUpdate");
    await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
  }
};

describe("a recorded conversation about", () => {
  test.each(["values", "resources", "failure", "invoke", "oplog", "health"])(
    "%s goes the same way",
    async (recording) => {
      const exchanges = goldenExchanges(recording).filter(({ label }) => !OF_ANOTHER_TIME.has(label));
      const { ours, golden } = await replay(exchanges, { url: server.url, ids: new Map(components) });
      compare(recording, ours, golden);
    },
    LONG,
  );

  test(
    "workers goes the same way, where it finds the one worker that was there before",
    async () => {
      const { wasm } = await fixtureComponent("tour");
      const { versionedComponentId } = await host.components.create("shop:tour-of-workers", { wasm });
      const { componentId } = versionedComponentId;
      await host.workers.create(componentId, { name: "t1", args: [], env: {} });
      const ids = new Map([...components, ...TOUR.map((id) => [id, componentId] as const)]);
      const exchanges = goldenExchanges("workers").filter(({ label }) => !OF_ANOTHER_TIME.has(label));
      const { ours, golden } = await replay(exchanges, { url: server.url, ids });
      compare("workers", ours, golden);
    },
    LONG,
  );

  test(
    "promises goes the same way",
    async () => {
      const [create, waits, complete, awaited, ...rest] = goldenExchanges("promise");
      if (create === undefined || waits === undefined || complete === undefined || awaited === undefined)
        throw new Error("The recording is too short");
      const ids = new Map(components);
      const { ours, golden } = await replay([create], { url: server.url, ids });
      const oplogIdx = createdIndex(ours);
      const here = JSON.parse(
        JSON.stringify([waits, complete, awaited, ...rest])
          .replaceAll('"oplogIdx":6', `"oplogIdx":${oplogIdx}`)
          .replaceAll('"params":[{"value":6}]', `"params":[{"value":${oplogIdx}}]`),
      ) as Exchange[];
      const [waiting, completing, await_, ...later] = here as [Exchange, Exchange, Exchange, ...Exchange[]];
      // The answer to the call that waits was recorded when it came: after the completion.
      const awaiting = replay([await_], { url: server.url, ids });
      const id = {
        componentId: components.get(TOUR[0] ?? "") ?? "",
        workerName: /workers\/([^/]+)/.exec(await_.path)?.[1] ?? "",
      };
      await expect
        .poll(async () => (await host.workers.get(id)).status, { timeout: 20_000 })
        .toBe("Suspended");
      const parts = [
        await replay([waiting, completing], { url: server.url, ids }),
        await awaiting,
        await replay(later, { url: server.url, ids }),
      ];
      const answered = parts.flatMap((part) => part.ours);
      const recorded = parts.flatMap((part) => part.golden);
      expect(answered).toEqual(recorded.map((each) => expected("promise", each.label, each)));
      expect({ ...golden[0], body: null }).toEqual({ ...ours[0], body: null });
    },
    LONG,
  );

  test(
    "updates goes the same way",
    async () => {
      const uploads = { "<12077184 bytes>": orders, "<11988408 bytes>": mailer };
      const { ours, golden } = await replay(goldenExchanges("update"), {
        url: server.url,
        ids: new Map(components),
        uploads,
        after: ended,
      });
      compare("update", ours, golden);
    },
    LONG,
  );

  test(
    "components goes the same way",
    async () => {
      const uploads = {
        "<11988408 bytes>": await mailerComponent(),
        "<binary>": await mailerComponent(),
        "upload: not a wasm": new Uint8Array([0]),
        "<5 bytes>": new TextEncoder().encode("hello"),
        "<8 bytes>": new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
        "<220 bytes>": zipOf({ "a.txt": "a", "dir/b.txt": "b" }),
      };
      const exchanges = goldenExchanges("components").filter((exchange) => "status" in exchange);
      const { ours, golden } = await replay(exchanges, {
        url: server.url,
        ids: new Map(components),
        uploads,
      });
      compare("components", ours, golden);
    },
    LONG,
  );
});
