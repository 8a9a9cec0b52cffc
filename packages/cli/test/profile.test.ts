import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHost, type Host, type RunningServer, serve } from "@golem-kit/host";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GolemClient } from "../src/index.ts";
import { golemKit, golemKitWith } from "./golem-kit.ts";

const SECRET = "5c832d93-ff85-4a8f-9803-513950fdfdb1";

const resources = new AsyncDisposableStack();
let host: Host;
let server: RunningServer;
let home: string;
/** Lets only those to the server who name the secret. */
let guarded: string;

async function listen(proxy: Server): Promise<string> {
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  resources.defer(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** Passes a GET on. */
async function passOn({ url, headers }: IncomingMessage): Promise<readonly [status: number, body: string]> {
  if (headers.authorization !== `Bearer ${SECRET}`) return [401, '{"error":"Unauthorized"}'];
  const answer = await fetch(server.url + url);
  return [answer.status, await answer.text()];
}

beforeAll(async () => {
  host = resources.use(await createHost());
  server = await serve(host, { port: 0 });
  resources.defer(() => server.close());
  const guard = createServer((request, response) => {
    void passOn(request).then(([status, body]) => response.writeHead(status).end(body));
  });
  guarded = await listen(guard);
  home = await mkdtemp(join(tmpdir(), "golem-kit-home-"));
  resources.defer(() => rm(home, { recursive: true }));
  await mkdir(join(home, ".golem"));
  // As golem-cli 1.2 writes it.
  const auth = {
    data: {
      id: SECRET,
      accountId: "a",
      createdAt: "2026-01-01T00:00:00Z",
      expiresAt: "2027-01-01T00:00:00Z",
    },
    secret: SECRET,
  };
  const config = { default_format: "text" };
  const profiles = {
    home: { Golem: { url: `${server.url}/`, config } },
    guarded: { GolemCloud: { custom_url: guarded, config, auth } },
    stranger: { GolemCloud: { custom_url: guarded, config } },
  };
  await writeFile(
    join(home, ".golem", "config.json"),
    JSON.stringify({ profiles, default_profile: "local" }),
  );
});

afterAll(() => resources.disposeAsync());

/** What a server answers that knows no such component. */
const reached = (url: string): RegExp => new RegExp(`There is no component "shop:none" on ${url}\\.`);

test.for([
  ["a profile of golem-cli", {}, ["--profile", "home"], () => reached(server.url)],
  ["the profile in the environment", { GOLEM_PROFILE: "home" }, [], () => reached(server.url)],
  ["a profile with its secret", {}, ["--profile", "guarded"], () => reached(guarded)],
  ["a profile without one", {}, ["--profile", "stranger"], () => /Unauthorized \(401/],
  ["a profile, with a token", {}, ["--profile", "stranger", "--token", SECRET], () => reached(guarded)],
  [
    "a profile, with a token in the environment",
    { GOLEM_AUTH_TOKEN: SECRET },
    ["--profile", "stranger"],
    () => reached(guarded),
  ],
  [
    "a profile that is not there",
    {},
    ["--profile", "guardet"],
    () => /There is no profile "guardet" in .*config\.json\. Did you mean "guarded"\?/,
  ],
] as const)("%s says which server is meant, and who asks", async ([, env, options, told]) => {
  const end = await golemKitWith(
    { HOME: home, USERPROFILE: home, ...env },
    "workers",
    "shop:none",
    ...options,
  );

  expect(end.code).toBe(1);
  expect(end.stderr).toMatch(told());
});

test("an address goes before the profile in the environment, whose secret it is not told", async () => {
  const env = { HOME: home, USERPROFILE: home, GOLEM_PROFILE: "guarded" };
  const end = await golemKitWith(env, "workers", "shop:none", "--url", guarded);

  expect(end.stderr).toMatch(/Unauthorized \(401/);
});

test("an address and a profile at once are refused", async () => {
  const end = await golemKit("workers", "shop:none", "--url", server.url, "--profile", "home");

  expect(end.code).toBe(2);
  expect(end.stderr).toContain("cannot be used with option '--profile <name>'");
});

test("a file of profiles that cannot be read is named", async () => {
  const broken = join(home, "broken");
  await mkdir(join(broken, ".golem"), { recursive: true });
  await writeFile(join(broken, ".golem", "config.json"), "{");
  const env = { HOME: broken, USERPROFILE: broken };
  const end = await golemKitWith(env, "workers", "shop:none", "--profile", "home");

  expect(end.code).toBe(1);
  expect(end.stderr).toContain(
    `The profiles of golem-cli cannot be read from ${join(broken, ".golem", "config.json")}`,
  );
});

test("a server that takes long is another finding than one that is not there", async () => {
  const silent = createTcpServer((socket) => void socket.on("error", () => socket.destroy()));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const sockets: { destroy(): void }[] = [];
  silent.on("connection", (socket) => sockets.push(socket));

  await expect(new GolemClient(url, { timeout: 100 }).list()).rejects.toThrow(
    `The server at ${url} has not answered within 0.1 s. It is slow, or hangs`,
  );
  for (const socket of sockets) socket.destroy();
  silent.close();
  await once(silent, "close");
  await expect(new GolemClient(url, { timeout: 10_000 }).list()).rejects.toThrow(
    `No Golem server answers at ${url}: nothing listens there`,
  );
});
