import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { GolemClient } from "../src/index.ts";
import { golemKit } from "./golem-kit.ts";

/** What a Golem 1.2.0 answered of one oplog, asked for entry by entry: the first twenty of a caller's. */
interface Recorded {
  readonly from: number;
  readonly status: number;
  readonly response: unknown;
}

const recorded = readFileSync(new URL("fixtures/hidden-entries.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Recorded => JSON.parse(line));
const refused = recorded.find(({ status }) => status === 500);

const componentId = "907b3094-426f-4a76-b02f-eaac776f738b";
const component = {
  versionedComponentId: { componentId, version: 0 },
  componentName: "shop:cart",
  metadata: { exports: [] },
};

/** Answers as that server did: a page with one of these entries in it was refused, whatever else is in it. */
function answer(url: URL): Pick<Recorded, "status" | "response"> {
  if (url.pathname === "/v1/components") return { status: 200, response: [component] };
  if (!url.pathname.endsWith("/oplog")) return { status: 200, response: { componentVersion: 0 } };
  const { count, from } = Object.fromEntries(url.searchParams);
  const alone = count === "1" ? recorded.find((each) => each.from === Number(from)) : undefined;
  return alone ?? refused ?? { status: 404, response: null };
}

const server = createServer((request, response) => {
  const { status, response: body } = answer(new URL(request.url ?? "", "http://localhost"));
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
let url: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => void server.close();
});

const REASON = "Unknown: Unsupported host function name: golem::rpc::wasm-rpc::invoke-and-await result";

test("of an oplog with entries that Golem cannot show, those before and after are read", async () => {
  const worker = { componentId, workerName: "run" };
  const entries = await Array.fromAsync(new GolemClient(url).oplog(worker, { from: 1 }));

  expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(entries.filter(({ hidden }) => hidden !== undefined)).toMatchObject([
    { index: 11, hidden: REASON },
    { index: 17, hidden: REASON },
  ]);
});

test("they are printed with a line for what is not shown", async () => {
  const { code, stdout } = await golemKit("oplog", "--url", url, "shop:cart", "run");

  expect(code).toBe(0);
  expect(stdout).toContain(`\n   11  the server cannot show it: ${REASON}\n`);
  expect(stdout.trimEnd().split("\n")).toHaveLength(20);
});

test("such an oplog is neither saved nor searched, and it is said what is to be done", async () => {
  const saved = await golemKit("oplog", "--url", url, "--save", "never.jsonl", "shop:cart", "run");
  const searched = await golemKit("oplog", "--url", url, "--query", "tea", "shop:cart", "run");

  expect(saved).toMatchObject({ code: 1, stdout: "" });
  expect(saved.stderr).toContain("of its 20 entries the server cannot show 2, the first is 11");
  expect(searched).toMatchObject({ code: 1, stdout: "" });
  expect(searched.stderr).toContain("Without --query, what it can show is shown");
});

test("logs of such a worker are read among all that it has recorded", async () => {
  expect(await golemKit("logs", "--url", url, "shop:cart", "run")).toMatchObject({ code: 0, stderr: "" });
});
