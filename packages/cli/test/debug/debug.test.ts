import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parseOplogFile } from "@golem-kit/host";
import { applicationRoot, golemKit } from "../golem-kit.ts";
import { codeBlocks } from "../markdown.ts";
import { BundleMap } from "./bundle-map.ts";
import type { CallFrame } from "./debug-client.ts";
import { debugProcess } from "./debug-process.ts";
import { type ShopServer, startShop } from "./shop-server.ts";

const STOCK = "components/cart/src/stock.ts";
const MAIN = "components/cart/src/main.ts";

let shop: ShopServer;
let oplog: string;
let cart: BundleMap;

beforeAll(async () => {
  shop = await startShop(["shop:catalog", "shop:orders", "shop:cart"]);
  await shop.call("shop:catalog", "all", "put", { sku: "tea", name: "Green tea", price: 450 });
  await shop.call("shop:catalog", "all", "restock", "tea", 10);
  await shop.call("shop:cart", "ada", "add", "tea", 2);
  await shop.call("shop:cart", "ada", "checkout");
  await shop.call("shop:cart", "ada", "place");
  oplog = await shop.save("shop:cart", "ada");
  cart = new BundleMap("cart", "shop_cart");
}, 120_000);

afterAll(() => shop[Symbol.asyncDispose]());

/** Index of the first entry of that name. */
async function entryOf(name: string): Promise<number> {
  const { entries } = parseOplogFile(await readFile(oplog, "utf8"));
  const found = entries.find(({ entry }) => entry["functionName"] === name);
  if (found === undefined) throw new Error(`The oplog has no ${name}`);
  return found.oplogIndex;
}

/** Line of the source that has the text. */
async function lineOf(file: string, text: string): Promise<number> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

function placeOf({ location }: CallFrame): ReturnType<BundleMap["original"]> {
  return cart.original(location);
}

describe("a debugger", () => {
  test("stops at a breakpoint in the TypeScript, reads variables, and steps over a line", async () => {
    const started = await debugProcess("shop:cart", "ada", "--url", shop.url);
    const line = await lineOf(STOCK, "const pieces =");
    await started.debugger.send("Debugger.setBreakpointByUrl", {
      url: cart.url,
      ...cart.breakpoint(STOCK, line),
    });
    await started.debugger.start();

    const { callFrames } = await started.debugger.paused();
    const [frame] = callFrames as [CallFrame];
    expect(frame.functionName).toBe("takeFromStock");
    expect(placeOf(frame)).toEqual({ file: STOCK, line });
    expect(await started.debugger.variables(frame)).toMatchObject({ sku: "tea", quantity: 2 });
    expect(await started.debugger.evaluate(frame, "[product.price, left[0]]")).toEqual([450, 10]);

    const [next] = (await started.debugger.goOn("stepOver")).callFrames as [CallFrame];
    expect(placeOf(next)).toEqual({ file: STOCK, line: line + 1 });
    expect(await started.debugger.evaluate(next, "pieces")).toBe(8);

    const { code, stdout } = await started.end();
    expect(code).toBe(0);
    expect(stdout).toMatch(/All \d+ entries are replayed\. The worker waits for its next invocation\.\n$/);
  });

  test("stops at an entry, in the function that waits for it", async () => {
    const at = await entryOf("golem keyvalue::eventual_batch::set_many");
    const started = await debugProcess("shop:cart", "ada", "--oplog", oplog, "--at", String(at));
    await started.debugger.start();

    const [frame] = (await started.debugger.paused()).callFrames as [CallFrame];
    expect(frame.functionName).toBe("takeFromStock");
    expect(placeOf(frame)).toEqual({ file: STOCK, line: await lineOf(STOCK, "return lines") });
    expect(await started.debugger.evaluate(frame, "rest")).toEqual([["tea", 8]]);
    expect((await started.end()).code).toBe(0);
  });

  test("stops at an entry, in the function that has called for it", async () => {
    const at = await entryOf("golem::rpc::wasm-rpc::schedule_invocation");
    const started = await debugProcess("shop:cart", "ada", "--oplog", oplog, "--at", String(at));
    await started.debugger.start();

    const { callFrames } = await started.debugger.paused();
    const own = callFrames.find((frame) => placeOf(frame)?.file === MAIN) as CallFrame;
    expect(callFrames[0]).toBe(own);
    expect(placeOf(own)?.line).toBe(await lineOf(MAIN, "reminder = schedule("));
    expect((await started.end()).code).toBe(0);
  });

  test("stops at an invocation, where its function begins, and once only", async () => {
    const started = await debugProcess("shop:cart", "ada", "--oplog", oplog, "--at", "3");
    await started.debugger.start();

    const [frame] = (await started.debugger.paused()).callFrames as [CallFrame];
    expect(frame.functionName).toBe("add");
    expect(await started.debugger.evaluate(frame, "[sku, quantity, cart.size]")).toEqual(["tea", 2, 0]);
    const end = started.debugger.goOn("resume");
    await expect(end).rejects.toThrow("The debuggee has ended");
    expect((await started.end()).code).toBe(0);
  });

  test("leaves nothing behind when the command is ended while it waits", async () => {
    const started = await debugProcess("shop:cart", "ada", "--oplog", oplog);
    await started.kill();

    await expect(started.debugger.closed).resolves.toBeUndefined();
  });

  test("stops where the program does something else, with the program's frames below", async () => {
    const other = `${oplog}.other`;
    const text = await readFile(oplog, "utf8");
    await writeFile(other, text.replace("eventual_batch::set_many", "eventual::set"));
    const started = await debugProcess("shop:cart", "ada", "--oplog", other);
    await started.debugger.start();

    const { callFrames } = await started.debugger.paused();
    expect(callFrames.map((frame) => placeOf(frame)?.file)).toContain("packages/sdk/src/keyvalue/bucket.ts");
    const { code, stdout } = await started.end();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /Replay diverged at oplog index \d+: the component does a call of golem keyvalue::eventual_batch::set_many/,
    );
  });
});

describe("without a debugger", () => {
  test("what is replayed is printed, with the entries of invocations and calls", async () => {
    const { code, stdout, stderr } = await golemKit(
      "debug",
      "shop:cart",
      "ada",
      "--url",
      shop.url,
      "--no-wait",
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("entries of shop:cart/ada, version 0\n");
    expect(stdout).toContain("     3  add('tea', 2)\n     5  checkout()\n");
    expect(stdout).toMatch(/\d {4}wasi:keyvalue\/eventual-batch@0\.1\.0\.get-many\n/);
    expect(stdout).not.toContain("!");
  });

  test("what the program would do next is said, with its place, and not done", async () => {
    const at = await entryOf("golem keyvalue::eventual_batch::set_many");
    const cut = `${oplog}.cut`;
    const lines = (await readFile(oplog, "utf8")).split("\n");
    await writeFile(cut, lines.slice(0, at).join("\n"));
    const { code, stdout } = await golemKit("debug", "shop:cart", "ada", "--oplog", cut, "--no-wait");

    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `All ${at - 1} entries are replayed\\. The program wants to call wasi:keyvalue/eventual-batch@0\\.1\\.0\\.set-many\\(.*\\) at ${STOCK}:\\d+:\\d+; nothing is done\\.`,
      ),
    );
  });

  test("the server is only asked", async () => {
    await golemKit("debug", "shop:cart", "ada", "--url", shop.url, "--no-wait");

    expect(await readFile(await shop.save("shop:cart", "ada"), "utf8")).toBe(await readFile(oplog, "utf8"));
  });
});

test("the commands of the guide do what it says", async () => {
  const guide = await readFile(join(applicationRoot, "docs/guides/debugging.md"), "utf8");
  const commands = codeBlocks(guide).flatMap(({ code }) => code.trim().split("\n"));
  expect(commands.length).toBeGreaterThan(4);

  for (const command of commands) {
    const [launcher, program, name = "", ...args] = command.split(" ");
    expect([launcher, program]).toEqual(["npx", "golem-kit"]);
    const given = args.map((arg) => (arg.endsWith(".jsonl") ? join(shop.directory, arg) : arg));
    if (!given.includes("--oplog")) given.push("--url", shop.url);
    if (name === "debug") given.push("--no-wait");
    expect(await golemKit(name, ...given)).toMatchObject({ code: 0, stderr: "" });
  }
});

describe("a replay cannot begin", () => {
  test.for([
    ["of no such worker", ["shop:cart", "nobody"], "Worker not found"],
    ["of no such component", ["shop:card", "ada"], 'Did you mean "shop:cart"?'],
    [
      "at an entry beyond the end",
      ["shop:cart", "ada", "--at", "4000"],
      /The oplog of shop:cart\/ada has \d+ entries: a replay cannot pause at 4000/,
    ],
    ["at no entry", ["shop:cart", "ada", "--at", "0"], "an index is a number from 1"],
    ["on no port", ["shop:cart", "ada", "--port", "70000"], "a port is a number from 0 to 65535"],
    ["with no promise", ["shop:cart", "ada", "--promise", "yes"], "write it as <index>=<text>"],
  ] as const)("%s", async ([, args, reason]) => {
    const { code, stderr } = await golemKit("debug", "--url", shop.url, "--no-wait", ...args);

    expect(code).not.toBe(0);
    expect(code).not.toBe(70);
    expect(stderr).toMatch(reason);
  });

  test("of a file that is missing, is none, or has the oplog of another worker", async () => {
    const wrong = `${oplog}.wrong`;
    await writeFile(wrong, "{}\n");
    const debug = (file: string, worker = "ada") =>
      golemKit("debug", "shop:cart", worker, "--oplog", file, "--no-wait");

    expect(await debug("no.oplog.jsonl")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no.oplog.jsonl cannot be read (ENOENT)"),
    });
    expect(await debug(wrong)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${wrong}: This is no oplog file`),
    });
    expect(await debug(oplog, "bob")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has the oplog of shop:cart/ada, not of shop:cart/bob"),
    });
  });

  test("on a port that is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as { readonly port: number };
    const { code, stderr } = await golemKit(
      "debug",
      "shop:cart",
      "ada",
      "--oplog",
      oplog,
      "--port",
      String(port),
    );

    expect(code).toBe(1);
    expect(stderr).toContain(`The debugger's port ${port} is in use.`);
  });
});
