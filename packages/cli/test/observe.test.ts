import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseOplogFile } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startServer, type ServerProcess } from "../src/index.ts";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, type End, golemKit, golemKitIn } from "./golem-kit.ts";

let directory: string;
let server: ServerProcess;
let removeApplication = async (): Promise<void> => undefined;

/** The shop's orders, which also say what they are reminded of. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golem-kit-observe-"));
  server = await startServer({ dataDir: directory, cacheDir: join(applicationRoot, ".golem", "cache") });
  const application = await copyApplication((remove) => {
    removeApplication = remove;
  });
  const main = join(application, "components/orders/src/main.ts");
  const program = await readFile(main, "utf8");
  await writeFile(
    main,
    program.replace(REMIND, (start) => `${start}\n    console.log(\`reminded of \${text}\`);`),
  );
  const { code, stderr } = await golemKitIn(application, "deploy", "--url", server.url, "shop:orders");
  if (code !== 0) throw new Error(stderr);
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await removeApplication();
  await rm(directory, { recursive: true });
});

const REMIND = /function remind\([^{]*\{/;

async function onServer(command: string, ...args: readonly string[]): Promise<End> {
  return golemKit(command, "--url", server.url, ...args);
}

async function remind(worker: string, text: string): Promise<void> {
  const { code, stderr } = await onServer("invoke", "shop:orders", worker, "remind", text);
  if (code !== 0) throw new Error(stderr);
}

describe("oplog", () => {
  test("prints an entry on a line", async () => {
    await remind("shown", "tea");
    const { code, stdout } = await onServer("oplog", "shop:orders", "shown");
    const lines = stdout.trimEnd().split("\n");

    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^ {4}1 {2}\S+Z {2}Create /);
    expect(lines[1]).toMatch(/ExportedFunctionInvoked shop:orders-exports\/api\.\{remind\}\("tea"\)$/);
    expect(lines.at(-1)).toMatch(/ExportedFunctionCompleted → \[\]$/);
  });

  test("begins at an index, or shows what a query finds", async () => {
    await remind("searched", "coffee");
    const from = await onServer("oplog", "--from", "2", "shop:orders", "searched");
    const found = await onServer(
      "oplog",
      "--query",
      "exported AND coffee",
      "--json",
      "shop:orders",
      "searched",
    );

    expect(from.stdout).toMatch(/^ {4}2 /);
    expect(JSON.parse(found.stdout)).toMatchObject({ index: 2, type: "ExportedFunctionInvoked" });
  });

  test("is written to a file that can be read again", async () => {
    await remind("saved", "tea");
    const path = join(directory, "saved.oplog.jsonl");
    const { stdout } = await onServer("oplog", "--save", path, "shop:orders", "saved");
    const saved = parseOplogFile(await readFile(path, "utf8"));

    expect(stdout).toBe(`${saved.entries.length} entries of shop:orders/saved written to ${path}\n`);
    expect(saved).toMatchObject({ component: "shop:orders", worker: "saved" });
    expect(saved.entries.map(({ entry }) => entry.type)).toContain("ExportedFunctionCompleted");
  });

  test("says when there is no such worker", async () => {
    const { code, stderr } = await onServer("oplog", "shop:orders", "nobody");

    expect(code).toBe(1);
    expect(stderr).toContain("Worker not found");
  });
});

test("workers are listed with their status", async () => {
  await remind("listed-1", "tea");
  await remind("listed-2", "tea");
  const { stdout } = await onServer("workers", "shop:orders", "--filter", "name like listed");

  expect(stdout.trimEnd().split("\n").toSorted()).toEqual([
    "listed-1  Idle  version 0",
    "listed-2  Idle  version 0",
  ]);
});

test("a worker is interrupted, crashed and resumed", async () => {
  await remind("stopped", "tea");
  const ends = [];
  for (const command of ["interrupt", "resume", "crash"])
    ends.push(await onServer(command, "shop:orders", "stopped"));

  expect(ends.map(({ stdout }) => stdout)).toEqual([
    "✔ shop:orders/stopped interrupted\n",
    "✔ shop:orders/stopped resumed\n",
    "✔ shop:orders/stopped crashed\n",
  ]);
});

describe("logs", () => {
  test("are what the worker has written", async () => {
    await remind("logged", "tea");
    await remind("logged", "milk");

    expect((await onServer("logs", "shop:orders", "logged")).stdout).toBe(
      "reminded of tea\nreminded of milk\n",
    );
  });

  test("are followed", async () => {
    await remind("followed", "tea");
    const script = join(import.meta.dirname, "..", "bin", "golem-kit.mjs");
    const args = [script, "logs", "--follow", "--url", server.url, "shop:orders", "followed"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill());
    const lines = child.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
    let text = "";
    const said = async (expected: string): Promise<void> => {
      while (!text.includes(expected)) text += String((await lines.next()).value);
    };

    await said("reminded of tea\n");
    await remind("followed", "milk");
    await said("reminded of milk\n");
  });
});
