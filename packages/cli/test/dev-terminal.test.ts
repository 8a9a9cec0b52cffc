import { join } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import { expect, onTestFinished, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, golemKitIn } from "./golem-kit.ts";
import { readFile, writeFile } from "node:fs/promises";

vi.setConfig({ testTimeout: 180_000 });

const ORDERS = "components/orders/src/main.ts";
const LINE = '{sku: "tea", quantity: 2, price: 5}';

/** `golem-kit dev` in a terminal. */
interface DevInTerminal {
  readonly directory: string;
  readonly terminal: IPty;
  /** What is to be seen, without colours, since this was asked last. */
  readonly sees: (what: RegExp) => Promise<RegExpExecArray>;
  readonly golemKit: (...args: readonly string[]) => Promise<string>;
  readonly ended: Promise<number>;
}

async function devInTerminal(
  options: readonly string[] = [],
  settings: { readonly columns?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<DevInTerminal & { readonly raw: () => string }> {
  const directory = await copyApplication();
  const main = join(applicationRoot, "packages", "cli", "src", "main.ts");
  const { NO_COLOR: _, ...env } = process.env;
  const terminal = spawn(process.execPath, [main, "dev", "--port", "0", ...options], {
    cwd: directory,
    cols: settings.columns ?? 120,
    rows: 40,
    env: { ...env, CI: undefined, ...settings.env },
  });
  const ended = new Promise<number>((resolve) => void terminal.onExit(({ exitCode }) => resolve(exitCode)));
  onTestFinished(async () => {
    terminal.kill("SIGKILL");
    await ended;
  });
  let raw = "";
  let seen = 0;
  terminal.onData((data) => (raw += data));
  // oxlint-disable-next-line no-control-regex -- what sets colours begins with an escape
  const plain = (): string => raw.replaceAll(/\u001B\[[\d;?]*[a-zA-Z]/g, "").replaceAll("\r\n", "\n");
  const sees = async (what: RegExp): Promise<RegExpExecArray> => {
    const found = await vi
      .waitUntil(() => what.exec(plain().slice(seen)), { timeout: 90_000, interval: 20 })
      .catch(() => {
        throw new Error(`${what} is not to be seen in:\n${plain()}`);
      });
    seen += found.index + found[0].length;
    return found;
  };
  const [, url = ""] = await sees(/Listening on (\S+),[^]*q quits\n/);
  return {
    directory,
    terminal,
    sees,
    raw: () => raw,
    golemKit: async (...args) => {
      const { code, stdout, stderr } = await golemKitIn(directory, ...args, "--url", url);
      if (code !== 0) throw new Error(stderr);
      return stdout;
    },
    ended,
  };
}

async function edit(directory: string, edited: (text: string) => string): Promise<void> {
  const file = join(directory, ORDERS);
  await writeFile(file, edited(await readFile(file, "utf8")));
}

test("a terminal shows the calls of workers with what they answer, and what they print with places in TypeScript", async () => {
  const { directory, sees, golemKit, raw } = await devInTerminal();
  await edit(directory, (text) =>
    text.replace(
      "return lines.push(line);",
      'console.error(new Error("added").stack);\n  return lines.push(line);',
    ),
  );
  await sees(/✔ shop:orders version 1: no worker to move in \d/);

  await golemKit("invoke", "shop:orders", "o-1", "add-line", LINE);

  await sees(/shop:orders\/o-1 → add-line\(\{sku: "tea", quantity: 2, price: 5\}\)\n/);
  await sees(/shop:orders\/o-1 addLine@components\/orders\/src\/main\.ts:35:\d+\n/);
  await sees(/shop:orders\/o-1 ← add-line ok\(1\) \d+ ms\n/);
  expect(raw()).toContain("\u001B[32m");
});

test("--only shows these workers alone, and s is silent about all", async () => {
  const { terminal, sees, golemKit } = await devInTerminal(["--only", "shop:orders/o-2", "shop:catalog"]);
  await golemKit("invoke", "shop:orders", "o-1", "add-line", LINE);
  await golemKit("invoke", "shop:orders", "o-2", "add-line", LINE);
  const [between] = await sees(/[^]*shop:orders\/o-2 ← add-line/);
  expect(between).not.toContain("o-1");

  terminal.write("s");
  await sees(/Silent about workers\n/);
  await golemKit("invoke", "shop:orders", "o-2", "add-line", LINE);
  terminal.write("s");

  const [silence] = await sees(/[^]*Showing what workers do\n/);
  expect(silence).not.toContain("add-line");
});

test("the keys of a diagnosis leave a worker, fork it and start it anew", async () => {
  const { directory, terminal, sees, golemKit } = await devInTerminal(["--quiet"]);
  for (const worker of ["o-1", "o-2", "o-3"]) {
    await golemKit("invoke", "shop:orders", worker, "add-line", LINE);
    await golemKit("invoke", "shop:orders", worker, "place", "{}");
  }
  await edit(directory, (text) =>
    text.replace("await payments.set(key,", "await payments.get(key);\n    await payments.set(key,"),
  );
  await sees(/✔ shop:orders version 1: 0 workers moved, 3 stay/);
  const [, first = ""] = await sees(/! shop:orders\/(\S+) stays on version 0: its replay differs/);
  await sees(/the new code attempts golem keyvalue::eventual::get/);
  await sees(/2 more differ in the same way/);

  terminal.write("f");
  await sees(
    new RegExp(
      `✔ shop:orders/${first}-v1 goes on from entry \\d+ of shop:orders/${first}, with the new code`,
    ),
  );
  const [, second = ""] = await sees(/Next: shop:orders\/(\S+) /);
  terminal.write("a");
  await sees(new RegExp(`✔ shop:orders/${second} was started anew`));
  terminal.write("L");
  await sees(/✔ shop:orders\/\S+ stays on version 0\n/);
  terminal.write("f");
  await sees(/No worker waits for a decision/);

  const workers = await golemKit("workers", "shop:orders");
  expect(workers).toMatch(new RegExp(`^${first}-v1 .*version 1`, "m"));
  expect(workers).toMatch(new RegExp(`^${first} .*version 0`, "m"));
  expect(workers).toMatch(new RegExp(`^${second} .*version 1`, "m"));
});

test("n starts all workers anew, if that is confirmed, and b builds all components", async () => {
  const { terminal, sees, golemKit } = await devInTerminal(["--quiet"]);
  await golemKit("invoke", "shop:orders", "o-1", "add-line", LINE);
  terminal.write("n");
  await sees(/Start all workers anew, without their past\?/);
  terminal.write("x");
  await sees(/All workers stay as they are/);
  expect(await golemKit("invoke", "shop:orders", "o-1", "get")).toContain("tea");

  terminal.write("n");
  terminal.write("y");
  await sees(/✔ 1 worker started anew/);
  expect(await golemKit("invoke", "shop:orders", "o-1", "get")).toContain("lines: []");

  terminal.write("h");
  await sees(/b {2}build all components anew/);
});

test.for(["q", "\u0003"])("the key %j quits, and the terminal is as it was", async (key) => {
  const { terminal, ended } = await devInTerminal();

  terminal.write(key);

  expect(await ended).toBe(0);
});

test("NO_COLOR is kept, and lines of workers fit into a narrow terminal", async () => {
  const { sees, golemKit, raw } = await devInTerminal([], { columns: 40, env: { NO_COLOR: "1" } });

  await golemKit("invoke", "shop:orders", "o-1", "add-line", LINE);

  const [line = ""] = await sees(/shop:orders\/o-1 → .*\n/);
  expect(line.trimEnd().length).toBeLessThanOrEqual(40);
  expect(line).toContain("…");
  expect(raw()).not.toContain("\u001B[3");
});
