import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";

import { startServer } from "../src/index.ts";
import { applicationRoot, golemKit } from "./golem-kit.ts";
import { codeBlocks } from "./markdown.ts";

const guide = readFileSync(join(applicationRoot, "docs/guides/serving.md"), "utf8");

function blockOf(language: string): string {
  const found = codeBlocks(guide).find((block) => block.language === language);
  if (found === undefined) throw new Error(`The guide has no block in ${language}`);
  return found.code;
}

interface Compose {
  readonly services: {
    readonly golem: {
      readonly command: string;
      readonly ports: readonly string[];
      readonly healthcheck: { readonly test: readonly string[] };
    };
  };
}

const composed = (parse(blockOf("yaml")) as Compose).services.golem;

test("every option that the guide to serving names is one of serve", async () => {
  const { stdout: help } = await golemKit("serve", "--help");
  const commands = [composed.command, /^ExecStart=(.*)$/m.exec(blockOf("ini"))?.[1] ?? "", guide];

  const named = commands.map((text) => Array.from(text.matchAll(/--[a-z][a-z-]+/g), ([option]) => option));

  for (const options of named) expect(options).toContain("--hostname");
  expect(named.flat().filter((option) => !help.includes(`${option} `))).toEqual([]);
});

test("the guide's look at the server succeeds when it is there, and fails when it is not", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-serving-"));
  const server = await startServer({ dataDir, cacheDir: join(applicationRoot, ".golem", "cache") });
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const [, , , program = ""] = composed.healthcheck.test;
  const look = async (): Promise<number | null> => {
    const child = spawn(process.execPath, [
      "-e",
      program.replace("localhost:9881", new URL(server.url).host),
    ]);
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  };

  expect(await look()).toBe(0);
  expect(await server.end("SIGTERM")).toBe(0);
  expect(await look()).toBe(1);
});

test("what the guide serves for other machines begins with a token only", async () => {
  for (const text of [composed.command, /^ExecStart=(.*)$/m.exec(blockOf("ini"))?.[1] ?? ""]) {
    const args = text.replace(/^npx golem-kit /, "").split(" ");
    const { code, stderr } = await golemKit(...args, "--port", "0");
    expect(code).toBe(2);
    expect(stderr).toContain("GOLEM_KIT_TOKEN");
  }
  expect(composed.ports).toEqual(["127.0.0.1:9881:9881"]);
});
