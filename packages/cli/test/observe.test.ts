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
let application: string;
let server: ServerProcess;
let removeApplication = async (): Promise<void> => undefined;

/** The shop's orders, which also say what they are reminded of, and from where. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golem-kit-observe-"));
  server = await startServer({ dataDir: directory, cacheDir: join(applicationRoot, ".golem", "cache") });
  application = await copyApplication((remove) => {
    removeApplication = remove;
  });
  const main = join(application, "components/orders/src/main.ts");
  const program = await readFile(main, "utf8");
  await writeFile(
    main,
    program.replace(
      REMIND,
      (start) =>
        `${start}\n    console.log(\`reminded of \${text}\`);\n    console.error(new Error("reminded").stack);`,
    ),
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
    expect(lines[2]).toMatch(/ExportedFunctionInvoked shop:orders-exports\/api\.\{remind\}\("tea"\)$/);
    expect(lines.at(-1)).toMatch(/ExportedFunctionCompleted → \[\]$/);
  });

  test("begins at an index, or shows what a query finds", async () => {
    await remind("searched", "coffee");
    const from = await onServer("oplog", "--from", "2", "shop:orders", "searched");
    const found = await onServer(
      "oplog",
      "--query",
      "exported AND coffee AND NOT pending",
      "--json",
      "shop:orders",
      "searched",
    );

    expect(from.stdout).toMatch(/^ {4}2 /);
    expect(JSON.parse(found.stdout)).toMatchObject({ index: 3, type: "ExportedFunctionInvoked" });
  });

  test("is written to a file that can be read again, in a folder that is made", async () => {
    await remind("saved", "tea");
    const path = join(directory, "oplogs", "saved.oplog.jsonl");
    const { stdout } = await onServer("oplog", "--save", path, "shop:orders", "saved");
    const saved = parseOplogFile(await readFile(path, "utf8"));

    expect(stdout).toBe(`${saved.entries.length} entries of shop:orders/saved written to ${path}\n`);
    expect(saved).toMatchObject({ component: "shop:orders", worker: "saved" });
    expect(saved.entries.map(({ entry }) => entry.type)).toContain("ExportedFunctionCompleted");
  });

  test("is saved without the values of variables that are secret", async () => {
    const { versionedComponentId } = (
      (await (await fetch(`${server.url}/v1/components?component-name=shop:orders`)).json()) as [
        { versionedComponentId: { componentId: string } },
      ]
    )[0];
    const secret = "sk-1234567890";
    await fetch(`${server.url}/v1/components/${versionedComponentId.componentId}/workers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "secret", args: [], env: { API_KEY: secret } }),
    });
    await remind("secret", `call with ${secret}`);
    const path = join(directory, "oplogs", "secret.oplog.jsonl");

    const saved = await onServer("oplog", "--save", path, "--mask", "API_KEY", "--", "shop:orders", "secret");

    expect(saved.stdout).toMatch(/written to \S+, API_KEY masked in \d+ places\n$/);
    const text = await readFile(path, "utf8");
    expect(text).not.toContain(secret);
    expect(text).toContain("call with ***");
    expect(await onServer("oplog", "--mask", "API_KEY", "--", "shop:orders", "secret")).toMatchObject({
      code: 2,
    });
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

  test("name the lines that a person wrote while they are followed", async () => {
    await remind("located", "tea");
    const script = join(import.meta.dirname, "..", "bin", "golem-kit.mjs");
    const args = [script, "logs", "--follow", "--url", server.url, "shop:orders", "located"];
    const child = spawn(process.execPath, args, { cwd: application, stdio: ["ignore", "ignore", "pipe"] });
    onTestFinished(() => void child.kill());
    let text = "";
    for await (const chunk of child.stderr.setEncoding("utf8")) {
      text += String(chunk);
      if (/:\d+:\d+/.test(text)) break;
    }

    expect(text).toMatch(/components\/orders\/src\/main\.ts:\d+:\d+/);
    expect(text).not.toContain("shop_orders.js");
  });
});

describe("a worker is changed", () => {
  /** Two versions of the same program under a name of their own. */
  beforeAll(async () => {
    const [orders] = await components("shop:orders");
    const wasm = await (await fetch(`${server.url}/v1/components/${orders}/download`)).bytes();
    const form = new FormData();
    form.append("name", "shop:changed");
    form.append("component", new Blob([wasm]));
    await fetch(`${server.url}/v1/components`, { method: "POST", body: form });
  }, 60_000);

  async function components(name: string): Promise<string[]> {
    const response = await fetch(`${server.url}/v1/components?component-name=${name}`);
    const found = (await response.json()) as { versionedComponentId: { componentId: string } }[];
    return found.map(({ versionedComponentId }) => versionedComponentId.componentId);
  }

  /** @returns its number */
  async function nextVersion(): Promise<number> {
    const [id] = await components("shop:changed");
    const wasm = await (await fetch(`${server.url}/v1/components/${id}/download`)).bytes();
    const response = await fetch(`${server.url}/v1/components/${id}/upload`, { method: "PUT", body: wasm });
    const { versionedComponentId } = (await response.json()) as { versionedComponentId: { version: number } };
    return versionedComponentId.version;
  }

  const place = (worker: string): Promise<End> =>
    onServer("invoke", "shop:changed", worker, "add-line", '{sku: "tea", quantity: 1, price: 1}');

  test("updated to the latest version, and told when that fails", async () => {
    await place("updated");
    const version = await nextVersion();

    const manual = await onServer("update", "shop:changed", "updated", "--mode", "manual");
    expect(manual).toMatchObject({ code: 1, stdout: "" });
    expect(manual.stderr).toMatch(/^✖ updated stays at version \d: .*save-snapshot is not exported/);

    const updated = await onServer("update", "shop:changed", "updated");
    expect(updated.stdout).toBe(`✔ shop:changed/updated updated to version ${version}\n`);
    expect((await place("updated")).stdout).toBe("ok(2)\n");

    const again = await onServer("update", "shop:changed", "updated", "--target-version", String(version));
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain("Worker is already at the target version");
  });

  test("updated all together, until one stays, which is told with those that were not tried", async () => {
    const names = ["all-1", "all-2"];
    for (const name of names) await place(name);
    const version = await nextVersion();

    const manual = await onServer("update", "shop:changed", "--all", "--mode", "snapshot-based");
    expect(manual).toMatchObject({ code: 1 });
    expect(manual.stdout).toMatch(
      /^✖ shop:changed\/\S+ stays at version \d: .*save-snapshot is not exported/,
    );
    expect(manual.stdout.trim().split("\n")).toHaveLength(1);
    expect(manual.stderr).toMatch(
      /^✖ 0 updated, 1 stays: \S+\. \d more were not tried: --failures 2 goes on after so many\./,
    );

    const all = await onServer("update", "shop:changed", "--all");
    expect(all).toMatchObject({ code: 0, stderr: "" });
    for (const name of names)
      expect(all.stdout).toContain(`✔ shop:changed/${name} updated to version ${version}\n`);
    expect(all.stdout).toMatch(/\d updated, none stays behind\n$/);
    expect((await onServer("update", "shop:changed", "--all")).stdout).toBe("0 updated, none stays behind\n");
  });

  test.for([[], ["all-1", "--all"]])("not updated if it is not clear which (%j)", async (which) => {
    const { code, stderr } = await onServer("update", "shop:changed", ...which);

    expect(code).toBe(2);
    expect(stderr).toContain("name the worker that is to be updated, or say --all.");
  });

  test("not updated to a version that is not there, for which Golem would lose it", async () => {
    await place("kept");
    const missing = await onServer("update", "shop:changed", "kept", "--target-version", "99");

    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toMatch(/^✖ shop:changed has no version 99, only 0[\d, ]*: deploy it first\.\n$/);
    const entries = await onServer("oplog", "shop:changed", "kept");
    expect(entries.stdout).not.toContain("PendingUpdate");
    expect((await place("kept")).stdout).toBe("ok(2)\n");
  });

  test("reverted by invocations, or to an entry of its oplog", async () => {
    for (let line = 0; line < 3; line += 1) await place("reverted");

    expect((await onServer("revert", "shop:changed", "reverted")).stdout).toBe(
      "✔ shop:changed/reverted reverted by 1 invocation\n",
    );
    expect((await place("reverted")).stdout).toBe("ok(3)\n");
    expect((await onServer("revert", "shop:changed", "reverted", "--last", "2")).stdout).toBe(
      "✔ shop:changed/reverted reverted by 2 invocations\n",
    );
    expect((await onServer("revert", "shop:changed", "reverted", "--to", "1")).stdout).toBe(
      "✔ shop:changed/reverted reverted to entry 1\n",
    );
    expect((await place("reverted")).stdout).toBe("ok(1)\n");
    expect(await onServer("revert", "shop:changed", "reverted", "--last", "9")).toMatchObject({ code: 1 });
  });

  test("deleted, to begin anew", async () => {
    await place("deleted");

    expect((await onServer("delete", "shop:changed", "deleted")).stdout).toBe(
      "✔ shop:changed/deleted deleted\n",
    );
    expect((await place("deleted")).stdout).toBe("ok(1)\n");
  });

  test.for(["update", "revert", "delete"])("%s says when there is no such worker", async (command) => {
    const { code, stderr } = await onServer(command, "shop:changed", "nobody");

    expect(code).toBe(1);
    expect(stderr).toContain("Worker not found");
  });
});
