import { globSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, golemKitIn } from "./golem-kit.ts";
import { codeBlocks } from "./markdown.ts";

/** Times, counts and numbers of promises differ from run to run. */
function timeless(output: string): readonly string[] {
  return output
    .split("\n")
    .map((line) =>
      line.replaceAll(/\d+(?:\.\d+)? m?s\b|(?<=when )\d+(?= were)|(?<=-answer\()\d+/g, "#").trimEnd(),
    );
}

test(
  "the story is told from its beginning every time, and is what the README shows",
  { timeout: 120_000 },
  async () => {
    const directory = await copyApplication();
    const first = await golemKitIn(directory, "start");
    const second = await golemKitIn(directory, "start");
    const readme = readFileSync(join(applicationRoot, "README.md"), "utf8");
    const shown = codeBlocks(readme).find(({ language }) => language === "text")?.code ?? "";

    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(timeless(second.stdout)).toEqual(timeless(first.stdout));
    const told = timeless(first.stdout);
    const notTold = timeless(shown).filter((line) => !told.includes(line));
    expect(notTold).toEqual(["✔ shop:catalog built in #"]);
  },
);

/** What the guides show of the tour. */
function guideOutput(): readonly string[] {
  return globSync("docs/guides/*.md", { cwd: applicationRoot })
    .flatMap((page) => codeBlocks(readFileSync(join(applicationRoot, page), "utf8")))
    .filter(({ language }) => language === "text")
    .flatMap(({ code }) => timeless(code.trimEnd()))
    .filter((line) => /^(raw|sdk) /.test(line));
}

test(
  "the tour is made, and the shop's other components are not needed for it",
  { timeout: 120_000 },
  async () => {
    const directory = await copyApplication();
    await rm(join(directory, "components", "catalog"), { recursive: true });
    const end = await golemKitIn(directory, "start", "tour");

    expect(end).toMatchObject({ code: 0, stderr: "" });
    expect(end.stdout).toMatch(/^✔ 2 components deployed /m);
    expect(guideOutput().filter((line) => !timeless(end.stdout).some((told) => told.includes(line)))).toEqual(
      [],
    );
    expect(end.stdout).toMatch(/\nAll \d+ stops are as they should be\./);
  },
);
