import { expect, test } from "vitest";
import { WebComponent } from "./web-component.ts";

const program = `
var Map = undefined, Object = undefined, Promise = undefined, Reflect = undefined, Symbol = undefined;
export const api = {
  run: async (_name, _args) => {
    console.time("all");
    console.timeEnd("all");
    return JSON.stringify([typeof Map, (await new Response("text").bytes()).length]);
  },
};
`;

test("a program may call its variables as the engine calls what is global", async () => {
  await using component = await WebComponent.build(program);
  expect(await component.run("names")).toEqual(["undefined", 4]);
});
