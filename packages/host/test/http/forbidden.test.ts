import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { Hosted, story } from "../hosted.ts";
import { type Handler, Origin } from "./origin.ts";

let hosted: Hosted;
let origin: Origin;

beforeAll(async () => {
  hosted = await Hosted.open(["fetcher"], { allow: ["public", "private"] });
  const secret: Handler = (_, response) => response.end("secret");
  origin = await Origin.open({ "/": secret, "/replayed": secret, "/allowed": secret });
}, 60_000);

afterAll(async () => {
  await hosted[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const request = (authority: string, path = "/") => ({
  method: "GET",
  authority,
  path,
  headers: [],
  trailers: [],
});

const port = (): string => origin.authority.replace(/^.*:/, "");

test.each([
  "127.0.0.1",
  "localhost",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "127.1",
  "2130706433",
  "0.0.0.0",
  "[::]",
])("a request to %s is denied, and none arrives", async (name) => {
  const worker = hosted.worker(crypto.randomUUID(), "fetcher");
  expect(await worker.call("send", request(`${name}:${port()}`))).toEqual({
    tag: "err",
    val: "HTTP-request-denied",
  });
  expect(origin.count("/")).toBe(0);
});

test("a denial is recorded, and replayed where the request would be allowed", async () => {
  const worker = hosted.worker("denied", "fetcher");
  onTestFinished(() => hosted.restart());
  await worker.call("send", request(origin.authority, "/replayed"));
  expect(story(await worker.oplog())).toContain(
    "ImportedFunctionInvoked http::types::future_incoming_response::get",
  );
  await hosted.restart({ allow: ["local"] });
  const answer = await worker.call("send", request(origin.authority, "/replayed"));
  expect(answer).toMatchObject({ tag: "ok", val: { status: 200, body: "secret" } });
  expect(origin.count("/replayed")).toBe(1);
});

test("what is denied to one host is allowed to another", async () => {
  await using permissive = await Hosted.open(["fetcher"], { allow: [`localhost:${port()}`] });
  const answer = await permissive
    .worker("w", "fetcher")
    .call("send", request(`localhost:${port()}`, "/allowed"));
  expect(answer).toMatchObject({ tag: "ok", val: { status: 200 } });
});
