import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startServer, type ServerProcess } from "../src/index.ts";
import { applicationRoot, type End, golemKit } from "./golem-kit.ts";

const script = join(import.meta.dirname, "..", "bin", "golem-kit.mjs");

let directory: string;
let server: ServerProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golem-kit-wrong-input-"));
  server = await startServer({ dataDir: directory, cacheDir: join(applicationRoot, ".golem", "cache") });
  const { code, stderr } = await golemKit("deploy", "--url", server.url, "shop:orders");
  if (code !== 0) throw new Error(stderr);
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const onServer = (command: string, ...args: readonly string[]): Promise<End> =>
  golemKit(command, "--url", server.url, ...args);

const LINE = '{sku: "tea", quantity: 1, price: 1}';

/** Every command that takes a worker, with what it wants beside. */
const commands: readonly (readonly [command: string, after: readonly string[]])[] = [
  ["invoke", ["add-line", LINE]],
  ["oplog", []],
  ["logs", []],
  ["interrupt", []],
  ["resume", []],
  ["crash", []],
  ["update", []],
  ["revert", []],
  ["delete", []],
];

/** `x*512` for so many of them: titles of tests stay short. */
function spelledOut(text: string): string {
  const [, character = "", count] = /^(\w)\*(\d+)$/.exec(text) ?? [];
  return count === undefined ? text : character.repeat(Number(count));
}

describe("names of workers", () => {
  test.for<readonly [name: string, code: number, told: string]>([
    [".", 2, 'No request can name the worker "."'],
    ["..", 2, 'No request can name the worker ".."'],
    ["", 2, 'No request can name the worker ""'],
    ["a/b", 1, "Worker name must not contain '/'"],
    ["a b", 1, "Worker name must not contain whitespaces"],
    ["a\nb", 1, "Worker name must not contain whitespaces"],
    ["x*513", 1, "Worker name must be between 1 and 512 characters"],
  ])("%j is refused by every command alike", { timeout: 120_000 }, async ([given, code, told]) => {
    const name = spelledOut(given);
    for (const [command, after] of commands) {
      const end = await onServer(command, "shop:orders", name, ...after);
      const [first] = end.stderr.split("\n");
      expect([command, end.code, first]).toEqual([command, code, expect.stringContaining(told)]);
    }
  });

  test.for<string>(["%2F", "...", `"'`, "größe-✓-👩‍🚀", "x*512", "?a=b#c", "\\", "%"])(
    "%j reaches one worker, by every command",
    { timeout: 120_000 },
    async (given) => {
      const name = spelledOut(given);
      const codes = [];
      for (const [command, after] of commands) {
        codes.push([command, (await onServer(command, "shop:orders", name, ...after)).code]);
        // It is there, under this name.
        if (command !== "invoke") continue;
        expect((await onServer("workers", "shop:orders")).stdout).toContain(`${name}  Idle`);
      }
      // Nothing is to be updated, and after an interruption of an idle worker it may be resumed.
      expect(codes).toEqual(commands.map(([command]) => [command, command === "update" ? 1 : 0]));
    },
  );
});

test.for<readonly [key: string, code: number]>([
  ["zahlung-1 of 2", 0],
  ["zahlung-✓", 2],
  ["a\nb", 2],
  ["", 2],
  ["x*100000", 2],
])("the idempotency key %j is sent, or refused as what it is", async ([key, code]) => {
  const end = await onServer(
    "invoke",
    "--idempotency-key",
    spelledOut(key),
    "shop:orders",
    "keys",
    "add-line",
    LINE,
  );

  expect(end.code).toBe(code);
  if (code !== 0)
    expect(end.stderr).toMatch(/^✖ The idempotency key ".*" cannot be sent: it must be 1 to 512/);
});

describe("a call that takes long", () => {
  /** A server that answers a call after more time than the client's connections wait by themselves. */
  async function slowServer(answerAfter: number): Promise<{ readonly url: string; readonly keys: string[] }> {
    const component = await (await fetch(`${server.url}/v1/components`)).text();
    const keys: string[] = [];
    const slow = createServer((request, answer) => {
      if (request.url?.includes("invoke-and-await") !== true) return void answer.end(component);
      keys.push(String(request.headers["idempotency-key"]));
      setTimeout(() => answer.end('{"result":{"typ":{"items":[]},"value":[{"ok":1}]}}'), answerAfter);
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      slow.closeAllConnections();
      slow.close();
    });
    return { url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}`, keys };
  }

  function invoke(
    url: string,
    ...nodeArgs: readonly string[]
  ): ChildProcess & { readonly errors: () => string } {
    const args = [...nodeArgs, script, "invoke", "--url", url, "shop:orders", "slow", "add-line", LINE];
    const child = spawn(process.execPath, args, { cwd: applicationRoot, stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => void child.kill());
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk) => (text += String(chunk)));
    return Object.assign(child, { errors: () => text });
  }

  test("is waited for as long as it takes, and said to be", async () => {
    const preload = join(directory, "impatient.mjs");
    const undici = import.meta.resolve("undici");
    await writeFile(
      preload,
      `import { Agent, setGlobalDispatcher } from "${undici}";\nsetGlobalDispatcher(new Agent({ headersTimeout: 500 }));`,
    );
    const { url } = await slowServer(7000);
    const child = invoke(url, "--import", preload);

    expect(await once(child, "exit")).toEqual([0, null]);
    expect(child.errors()).toMatch(/^shop:orders\/slow add-line has run for 5 s$/m);
  });

  test("is left by Ctrl-C, which says how to come back to it", async () => {
    const { url, keys } = await slowServer(60_000);
    const child = invoke(url);
    await expect.poll(() => keys.length).toBe(1);
    child.kill("SIGINT");

    expect(await once(child, "exit")).toEqual([130, null]);
    expect(child.errors()).toContain(
      `shop:orders/slow add-line goes on without you. For its result, ask again with --idempotency-key ${keys[0]}`,
    );
  });
});

describe("output", () => {
  test("that nobody reads any more ends the command quietly", async () => {
    for (let call = 0; call < 2; call += 1) await onServer("invoke", "shop:orders", "long", "add-line", LINE);
    const args = [script, "oplog", "--url", server.url, "shop:orders", "long"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (chunk) => (errors += String(chunk)));

    expect(await once(child, "exit")).toEqual([0, null]);
    expect(errors).toBe("");
  });

  test.runIf(process.platform === "linux")("that cannot be written is told in one sentence", async () => {
    const full = openSync("/dev/full", "w");
    const args = [script, "workers", "--url", server.url, "shop:orders"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", full, "pipe"] });
    let errors = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (errors += String(chunk)));

    expect(await once(child, "exit")).toEqual([1, null]);
    expect(errors).toBe("✖ The output cannot be written: ENOSPC: no space left on device, write.\n");
  });
});
