import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, golemKit, golemKitIn } from "./golem-kit.ts";
import { codeBlocks, section } from "./markdown.ts";

vi.setConfig({ testTimeout: 240_000 });

const guide = readFileSync(join(applicationRoot, "docs/guides/dev.md"), "utf8");

/** What differs from run to run, made the same. */
function plain(text: string): string {
  return text
    .replaceAll(/\d+\.\d\d s\b/g, "0.00 s")
    .replaceAll(/ \d+ ms\b/g, " 0 ms")
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "uuid")
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:9881")
    .replaceAll(" --url http://127.0.0.1:9881", "")
    .replaceAll(/data in \S+/g, "data in .golem/dev");
}

test("the screen that the guide shows is what is to be seen", async () => {
  const directory = await copyApplication();
  const main = join(applicationRoot, "packages", "cli", "src", "main.ts");
  const child = spawn(process.execPath, [main, "dev", "--port", "0"], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const sees = (what: RegExp): Promise<RegExpExecArray> =>
    vi
      .waitUntil(() => what.exec(output), { timeout: 90_000, interval: 20 })
      .catch(() => {
        throw new Error(`${what} is not to be seen in:\n${output}`);
      });
  const [, url = ""] = await sees(/Listening on ([^,]+),[^]*Try: .*\n/);
  const invoke = async (...call: readonly string[]): Promise<void> => {
    const end = await golemKitIn(directory, "invoke", "--url", url, "shop:orders", "o-1", ...call);
    expect(end).toMatchObject({ code: 0 });
  };
  const file = join(directory, "components/orders/src/main.ts");
  const save = async (before: string, after: string): Promise<void> =>
    writeFile(file, (await readFile(file, "utf8")).replace(before, after));

  await invoke("add-line", '{sku: "tea", quantity: 2, price: 5}');
  await sees(/← add-line/);
  await save("sum + price * quantity", "sum + 10 * price * quantity");
  await sees(/version 1: .*\n/);
  await invoke("get");
  await sees(/← get/);
  await save("push(line);", "push(line;");
  await sees(/✖[^]*that they have\.\n/);
  await save("push(line;", "push(line);");
  await sees(/in order again/);
  await invoke("place", "{}");
  await sees(/← place/);
  await save("await payments.set(key,", "await payments.get(key);\n    await payments.set(key,");
  await sees(/start it anew.*\n/);

  const shown = codeBlocks(section(guide, "## One screen", "## What happens")).find(
    ({ language }) => language === "text",
  );
  expect(plain(output).trimEnd()).toBe(plain(shown?.code ?? "").trimEnd());
});

test("the guide names all events, with their fields, and all options", async () => {
  const events = readFileSync(join(applicationRoot, "packages/dev/src/dev-event.ts"), "utf8");
  const types = Array.from(events.matchAll(/readonly type: "(\w+)"/g), ([, type = ""]) => type);
  const fields = Array.from(events.matchAll(/readonly (\w+)\??:/g), ([, field = ""]) => field);
  const { stdout } = await golemKit("dev", "--help");
  const options = Array.from(stdout.matchAll(/^ {2}(--[\w-]+)/gm), ([, option = ""]) => option);
  const named = new Set(Array.from(guide.matchAll(/`([^`\n]+)`/g), ([, code = ""]) => code));

  expect(types.length).toBeGreaterThan(15);
  expect([...types, ...fields].filter((name) => !named.has(name))).toEqual([]);
  expect(options.length).toBeGreaterThan(7);
  expect(options.filter((option) => !guide.includes(`\`${option}`))).toEqual([]);
});
