import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_LIMITS } from "@golem-kit/host";
import { expect, onTestFinished, test } from "vitest";
import { startServer, type ServerProcess } from "../src/index.ts";
import { readSize } from "../src/read-size.ts";
import { serverToken } from "../src/server-token.ts";
import { applicationRoot, golemKit, golemKitWith } from "./golem-kit.ts";

/** A server with these options, and the application on it. */
async function serving(...options: readonly string[]): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-serve-options-"));
  const server = await startServer({ dataDir, cacheDir: join(applicationRoot, ".golem", "cache") }, options);
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true });
  });
  const { code, stderr } = await golemKit("deploy", "--url", server.url, "shop:orders");
  if (code !== 0) throw new Error(stderr);
  return server;
}

test("a worker beyond a limit of the server is stopped, and one line says which, why and what to do", async () => {
  const server = await serving("--limit", "oplogSize=1KiB", "sockets=1");
  const addLine = () =>
    golemKit(
      "invoke",
      "--url",
      server.url,
      "shop:orders",
      "o-1",
      "add-line",
      '{sku: "tea", quantity: 1, price: 1}',
    );

  // A call that would go beyond the limit is the last one, and not much is needed.
  for (let calls = 0; calls < 20 && (await addLine()).code === 0;) calls += 1;

  const told =
    /^shop:orders\/o-1: The worker was stopped: its oplog has \d+ bytes, and 1024 are allowed \(limit oplogSize\)\. What to do: [^\n]+\n$/;
  await expect.poll(server.complaints).toMatch(told);
});

test("a server with a token is called by who names it, with an option or the variable", async () => {
  const token = "0123456789abcdef";
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-serve-options-"));
  const directories = { dataDir, cacheDir: join(applicationRoot, ".golem", "cache") };
  const server = await startServer(directories, ["--token", token]);
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true });
  });
  const deploy = ["deploy", "--url", server.url, "shop:catalog"];

  const stranger = await golemKit(...deploy);
  expect(stranger).toMatchObject({ code: 1 });
  expect(stranger.stderr).toContain("This server answers who names its token");
  expect(await golemKit(...deploy, "--token", token)).toMatchObject({ code: 0 });
  const workers = ["workers", "--url", server.url, "shop:catalog"];
  expect(await golemKitWith({ GOLEM_KIT_TOKEN: token }, ...workers)).toMatchObject({ code: 0 });
});

test.for<readonly [args: readonly string[], told: RegExp]>([
  [["--hostname", "0.0.0.0"], /At 0\.0\.0\.0 everybody who reaches this machine .*--token.*--no-token/],
  [["--hostname", "::"], /At :: everybody/],
  [["--hostname", "golem.example"], /At golem\.example everybody/],
  [["--token", "short"], /The token has 5 characters.*at least 16/],
  [["--token", "sixteen letters!"], /The token has 16 characters, or others than letters/],
])("serve %j does not begin", async ([args, told]) => {
  const { code, stderr } = await golemKit("serve", "--port", "0", ...args);

  expect(code).toBe(2);
  expect(stderr).toMatch(told);
});

test.for<readonly [hostname: string, given: string | false | undefined, token: string | undefined]>([
  ["localhost", undefined, undefined],
  ["127.0.0.2", undefined, undefined],
  ["::1", undefined, undefined],
  ["0.0.0.0", false, undefined],
  ["0.0.0.0", "0123456789abcdef", "0123456789abcdef"],
])("at %s with the token %s a server asks for %s", ([hostname, given, token]) => {
  expect(serverToken(hostname, given)).toBe(token);
});

test("a strict server fails what Golem 1.2 fails", async () => {
  const server = await serving("--strict", "golem-1.2");
  const deployed = await golemKit("deploy", "--url", server.url, "kit:tour");
  if (deployed.code !== 0) throw new Error(deployed.stderr);
  const args = [
    "--url",
    server.url,
    "kit:tour",
    "w",
    "kit:tour-exports/raw.{go-back}",
    '"tea"',
    "3",
  ] as const;

  expect((await golemKit("invoke", ...args)).stderr).toContain(
    "Attempted to jump to a deleted region in oplog",
  );
});

test.for<readonly [option: string, value: string, told: RegExp]>([
  [
    "--limit",
    "oplogsize=1",
    /Workers have no limit "oplogsize"\. Did you mean "oplogSize"\? There are oplogSize, /,
  ],
  ["--limit", "bread=1", /Workers have no limit "bread"\. There are oplogSize, oplogRate, files, /],
  ["--limit", "files", /The limit "files" has no value: write it like --limit files=1000/],
  [
    "--limit",
    "files=",
    /The limit "files" is "", which is no size: write a number, alone or with KiB, MiB or GiB/,
  ],
  ["--limit", "files=0KiB", /The limit "files" is 0: it must be a positive number/],
  ["--min-free-disk", "10MB", /--min-free-disk is "10MB", which is no size: write a number/],
  ["--strict", "golem-2", /Allowed choices are golem-1.2./],
  ["--max-worker-memory", "all", /--max-worker-memory is "all", which is no size: write a number/],
])("%s %s is refused, with what there is", async ([option, value, told]) => {
  const { code, stderr } = await golemKit("serve", "--port", "0", option, value);

  expect(code).toBe(2);
  expect(stderr).toMatch(told);
});

test("the help of serve names every limit that there is", async () => {
  const { stdout } = await golemKit("serve", "--help");

  const text = stdout.replaceAll(/\s+/g, " ");
  expect(Object.keys(DEFAULT_LIMITS).filter((name) => !text.includes(`${name} (`))).toEqual([]);
});

test.for<readonly [text: string, bytes: number]>([
  ["4096", 4_096],
  ["0", 0],
  ["64KiB", 65_536],
  ["1.5MiB", 1_572_864],
  ["16GiB", 17_179_869_184],
])("%s is %i bytes", ([text, bytes]) => {
  expect(readSize("A size", text)).toBe(bytes);
});

test.for(["", "-1", "1 KiB", "1kib", "1e3", "0x10", "9".repeat(30), "NaN", "toString", "1toString"])(
  '"%s" is no size',
  (text) => {
    expect(() => readSize("A size", text)).toThrow(`A size is "${text}", which is no size`);
  },
);
