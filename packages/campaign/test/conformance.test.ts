import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GolemClient, type ServerProcess, startServer } from "@golem-kit/cli";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { CACHE } from "../src/cache.ts";
import { contracts, contractsNamed } from "../src/conformance/contracts.ts";
import type { Contract } from "../src/conformance/promise-of-a-contract.ts";
import { tryPromise } from "../src/conformance/try-promise.ts";
import { ProgramServer } from "../src/program-server.ts";
import { reportFigures } from "./figures.ts";

let dataDir: string;
let server: ServerProcess;
let program: ProgramServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "golem-kit-conformance-"));
  server = await startServer({ dataDir, cacheDir: CACHE });
  program = await ProgramServer.deploy(new GolemClient(server.url));
});

afterAll(async () => {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true });
});

describe.for(contracts)("the contract of $name", ({ promises }) => {
  test.for(promises)("$says", async (promise, context) => {
    await tryPromise(program, promise);
    reportFigures(context, { "promises kept over REST": 1 });
  });
});

interface End {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function conformance(...args: readonly string[]): Promise<End> {
  const main = join(import.meta.dirname, "..", "src", "conformance", "main.ts");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe("the conformance command", () => {
  test.each([
    ["--url", "localhost:9881", 2, '"localhost:9881" is no URL of a server'],
    [
      "--url",
      "http://127.0.0.1:2",
      1,
      "No Golem server answers at http://127.0.0.1:2: nothing listens there",
    ],
    ["--patience", "long", 2, '--patience is "long": it must be a number of seconds'],
    [
      "--contract",
      "redis",
      2,
      'There is no contract "redis", only keyvalue, blobstore, filesystem, promises, rpc',
    ],
  ])("says what is wrong with %s %s, and ends", async (option, value, code, message) => {
    const end = await conformance(option, value);
    expect(end.stderr).toContain(message);
    expect(end.code).toBe(code);
  });

  test("tries every contract unless some are named", () => {
    expect(contractsNamed([])).toBe(contracts);
  });

  test("keeps each promise of a contract on a server whose URL it is given, says so, and ends", async () => {
    const [{ promises }] = contractsNamed(["keyvalue"]) as [Contract];
    const end = await conformance("--url", server.url, "--contract", "keyvalue");
    expect(end.stdout).toContain(`Golem server at ${server.url}`);
    for (const { says } of promises) expect(end.stdout).toContain(`✔ ${says}`);
    expect(end.stdout).toContain(
      `${promises.length} promises kept, 0 known deviations of Golem 1.2.0, 0 broken`,
    );
    expect(end.code).toBe(0);
  });

  test("says what another server answers, and ends", async () => {
    const other = createServer((_request, response) => response.writeHead(404).end("not here"));
    other.listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await expect.poll(() => other.address()).not.toBeNull();
    const { port } = other.address() as AddressInfo;
    const end = await conformance("--url", `http://127.0.0.1:${port}`);
    expect(end.stderr).toContain(
      "is no Golem server of version 1.2: POST /v1/components is answered with 404",
    );
    expect(end.code).toBe(1);
  });

  test("waits for what a server compiles, says so, and knows where Golem deviates", async () => {
    const directory = await mkdtemp(join(tmpdir(), "golem-kit-conformance-strict-"));
    const strict = await startServer({ dataDir: directory, cacheDir: CACHE }, ["--strict", "golem-1.2"]);
    onTestFinished(async () => {
      await strict.end("SIGTERM");
      await rm(directory, { recursive: true });
    });
    const end = await conformance("--url", strict.url, "--contract", "promises");

    expect(end.stdout).toMatch(
      /Waiting until the server has compiled a component of [\d.]+ MB, for 290 s at most\nIt is ready after [\d.]+ s\n/,
    );
    expect(end.stdout).toContain(
      "~ another worker completes it, and the one that waits goes on without being called\n" +
        "      known: 1.2.0 wakes a worker only when its promise is completed from outside",
    );
    expect(end.stdout).toMatch(/ promises kept, 1 known deviations of Golem 1.2.0, 0 broken/);
    expect(end.code).toBe(0);
  });

  test("tells a server that takes long from one that is not there", async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, "127.0.0.1");
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await expect.poll(() => silent.address()).not.toBeNull();
    const { port } = silent.address() as AddressInfo;
    const end = await conformance("--url", `http://127.0.0.1:${port}`, "--patience", "1");

    expect(end.stderr).toContain(
      `The server at http://127.0.0.1:${port} has not answered within 1 s. It is slow, or hangs`,
    );
    expect(end.code).toBe(1);
  });

  test("explains its options", async () => {
    const end = await conformance("--uri", "x");
    expect(end.stderr).toContain("usage: npm run conformance -- [--url");
    expect(end.code).toBe(2);
  });
});
