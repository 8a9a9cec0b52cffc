import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";

vi.setConfig({ testTimeout: 240_000 });

/** The tests of some components, as `npm test -- --watch` runs them. */
async function watchTests(...filters: readonly string[]): Promise<{
  readonly directory: string;
  /** Waits for what has not been seen yet. */
  readonly sees: (what: RegExp) => Promise<RegExpExecArray>;
}> {
  const directory = await copyApplication();
  const vitest = join(directory, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--watch", ...filters], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: "1", CI: "" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  let seen = 0;
  const sees = async (what: RegExp): Promise<RegExpExecArray> => {
    const found = await vi
      .waitUntil(() => what.exec(output.slice(seen)), { timeout: 100_000, interval: 20 })
      .catch(() => {
        throw new Error(`${what} is not to be seen in:\n${output.slice(seen)}`);
      });
    seen += found.index + found[0].length;
    return found;
  };
  return { directory, sees };
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, "utf8")));
}

test("a save builds the component, and runs its tests again and those of who calls it, and no others", async () => {
  const { directory, sees } = await watchTests("components/orders", "components/cart", "components/catalog");
  await sees(/Tests +\d+ passed/);

  await edit(join(directory, "components/orders/src/main.ts"), (text) =>
    text.replace("sum + price * quantity", "sum + 10 * price * quantity"),
  );

  await sees(/RERUN .*components\/orders\/src\/main\.ts/);
  await sees(/✔ shop:orders built in/);
  const [run] = await sees(/[^]*Tests +\d+ failed/);
  expect(run).toMatch(/components\/orders\/test\/orders\.test\.ts/);
  expect(run).toMatch(/components\/cart\/test\/\w+\.test\.ts/);
  expect(run).not.toMatch(/components\/catalog\/test/);
});

test("of what cannot be built the place is told, and the next save is tried", async () => {
  const { directory, sees } = await watchTests("components/orders");
  await sees(/Tests +\d+ passed/);
  const main = join(directory, "components/orders/src/main.ts");
  const good = await readFile(main, "utf8");

  await edit(main, (text) => text.replace("return lines.push(line);", "return lines.push(line;"));
  await sees(/components\/orders\/src\/main\.ts:35:25: Expected "\)" but found ";"/);
  await sees(/Tests? +.*failed|Test Files +1 failed/);
  await writeFile(main, good);

  await sees(/Tests +\d+ passed/);
});
