import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

test("a worker knows its arguments, its variables, and which worker it is", async () => {
  await lab.host.workers.create(lab.componentId, {
    name: "env",
    args: ["x", "y z"],
    env: { COLOR: "red" },
  });
  expect(await lab.run("env", "environment")).toEqual({
    args: ["x", "y z"],
    identity: { workerName: "env", componentId: lab.componentId, componentVersion: "0" },
    color: "red",
    same: "red",
    fallback: "large",
    cwd: null,
    terminals: [false, false, false],
  });
});

test("a variable that is missing is an error that says where to set it", async () => {
  expect(await lab.run("missing", "missing variable")).toMatch(
    /SIZE is not set\. Set it under `env` of the component in golem\.yaml/,
  );
});

test("variables are typed by a schema, and those that do not fit are told together", async () => {
  await lab.host.workers.create(lab.componentId, {
    name: "configured",
    args: [],
    env: { RETRIES: "3", COLOR: "red" },
  });
  expect(await lab.run("configured", "configuration")).toEqual({ retries: 3, color: "red" });

  const refusal = await lab.run("unconfigured", "configuration");
  expect(refusal).toMatch(
    /^invalid-configuration: The environment variables do not fit: RETRIES: Expected a number; COLOR: Expected a color\./,
  );
});

test("a worker that exits takes no further calls", async () => {
  await expect(lab.run("gone", "exit")).rejects.toThrow("exited");
  await expect(lab.run("gone", "environment")).rejects.toThrow("exited");
});
