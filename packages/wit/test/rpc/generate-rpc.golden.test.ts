import { describe, expect, test } from "vitest";
import { parseWit } from "../../src/parser.ts";
import { printWit } from "../../src/printer.ts";
import { generateRpc } from "../../src/rpc/generate-rpc.ts";
import { generatedByGolem, goldenInputs, linkedByGolem } from "./golden-app.ts";

/** A WIT text in one layout. */
function canonical(text: string | undefined): string {
  return printWit(parseWit(text ?? ""));
}

describe.each(goldenInputs)("$component.name", (input) => {
  const { name } = input.component;
  const ours = generateRpc(input);
  const golem = generatedByGolem(name);
  const packagePaths = [...golem.texts.keys()].filter((path) => path !== "main.wit");

  test.each(packagePaths)("%s is the text that Golem generates", (path) => {
    expect(canonical(ours.files.get(path))).toBe(canonical(golem.texts.get(path)));
  });

  test("the world has the declarations of Golem's", () => {
    const declarations = (text: string | undefined) => new Set(canonical(text).split("\n"));
    expect(declarations(ours.files.get("main.wit"))).toEqual(declarations(golem.texts.get("main.wit")));
  });

  test("the same packages are under deps", () => {
    const folders = new Set(
      [...ours.files.keys()].flatMap((path) => (path.startsWith("deps/") ? path.split("/")[1] : [])),
    );
    expect(folders).toEqual(
      new Set(golem.packages.map((folder) => (folder === "golem-1.x" ? "golem-api" : folder))),
    );
  });

  test("Golem is told to link the same", () => {
    expect(ours.dynamicLinking).toEqual(linkedByGolem(name));
  });
});
