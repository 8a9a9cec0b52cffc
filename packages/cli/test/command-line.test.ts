import { expect, test } from "vitest";
import { golemKit } from "./golem-kit.ts";

const commands = [
  "start",
  "dev",
  "build",
  "serve",
  "deploy",
  "invoke",
  "update",
  "revert",
  "fork",
  "anew",
  "delete",
];

test("help lists every command", async () => {
  const { code, stdout } = await golemKit("--help");

  expect(code).toBe(0);
  expect(commands.filter((command) => stdout.includes(`\n  ${command} `))).toEqual(commands);
});

test.for(commands)("%s has help", async (command) => {
  const { code, stdout } = await golemKit(command, "--help");

  expect(code).toBe(0);
  expect(stdout).toContain(`Usage: golem-kit ${command}`);
});

test.for<readonly [what: string, args: readonly string[], remedy: string]>([
  ["command", ["biuld"], "Did you mean build?"],
  ["option", ["serve", "--prot", "1"], "Did you mean --port?"],
])("an unknown %s is answered with the nearest one", async ([, args, remedy]) => {
  const { code, stderr } = await golemKit(...args);

  expect(code).toBe(2);
  expect(stderr).toContain(remedy);
});

test.for<readonly [what: string, args: readonly string[]]>([
  ["a missing argument", ["invoke", "shop:orders"]],
  ["a port that is none", ["serve", "--port", "high"]],
  ["a way to survive that is none", ["serve", "--sync", "never"]],
  ["an address that is none", ["deploy", "--url", "nowhere"]],
  ["a way to update that is none", ["update", "shop:orders", "a", "--mode", "forced"]],
  ["a version that is none", ["update", "shop:orders", "a", "--target-version", "new"]],
  ["a number of invocations that is none", ["revert", "shop:orders", "a", "--last", "0"]],
  ["a time between two looks that is none", ["dev", "--poll", "often"]],
  ["a time between two looks that is too short", ["dev", "--poll", "1"]],
  ["a fork without a name", ["fork", "shop:orders", "a"]],
  ["an entry that ends no fork", ["fork", "shop:orders", "a", "b", "--at", "1"]],
  ["two ends of what is undone", ["revert", "shop:orders", "a", "--last", "1", "--to", "2"]],
  ["no command", []],
])("%s is an error of usage", async ([, args]) => {
  expect((await golemKit(...args)).code).toBe(2);
});

test("a place that workers may reach has to be one", async () => {
  const { code, stderr } = await golemKit("serve", "--allow", "public", "a b");

  expect(code).toBe(1);
  expect(stderr).toMatch(/^✖ Cannot read "a b" as a place that workers may reach: write public/);
});
