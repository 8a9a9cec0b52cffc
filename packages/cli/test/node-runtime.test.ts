import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { environmentFor, findNode } from "../bin/node-runtime.mjs";

test("the Node that is found has what the host needs", () => {
  const version = execFileSync(findNode(), ["--version"], { encoding: "utf8" });

  expect(Number.parseInt(version.slice(1), 10)).toBeGreaterThanOrEqual(26);
});

test("children find that Node first", () => {
  const { PATH = "" } = environmentFor("/opt/node/bin/node");

  expect(PATH.split(delimiter)[0]).toBe("/opt/node/bin");
});

test("children keep what they compile, where they are told to", () => {
  const before = process.env["NODE_COMPILE_CACHE"];
  delete process.env["NODE_COMPILE_CACHE"];
  try {
    expect(environmentFor("/opt/node/bin/node")["NODE_COMPILE_CACHE"]).toMatch(/node-compile-cache$/);
    process.env["NODE_COMPILE_CACHE"] = "/elsewhere";
    expect(environmentFor("/opt/node/bin/node")["NODE_COMPILE_CACHE"]).toBe("/elsewhere");
  } finally {
    if (before === undefined) delete process.env["NODE_COMPILE_CACHE"];
    else process.env["NODE_COMPILE_CACHE"] = before;
  }
});
