import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WebComponent } from "./web-component.ts";

const path = fileURLToPath(import.meta.resolve("bignumber.js"));

const program = `
import { BigNumber } from ${JSON.stringify(path)};
export const api = {
  run: async (_name, _args) => JSON.stringify([new BigNumber("0.1").plus("0.2").toString(), BigNumber.random(20).lt(1)]),
};
`;

test("a package that draws a random number only to see whether it can is built, and draws its own in a worker", async () => {
  await using component = await WebComponent.build(program);
  expect(await component.run("numbers")).toEqual(["0.3", true]);
});
