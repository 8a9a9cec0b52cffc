import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startServer } from "../src/index.ts";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, type End, golemKitIn, runScript } from "./golem-kit.ts";
import { type CodeBlock, codeBlocks, localLinks, section } from "./markdown.ts";

const pages = globSync("{*.md,docs/**/*.md}", { cwd: applicationRoot });
const platformTypes = join(applicationRoot, "packages/sdk/types/platform.d.ts");
const readme = readFileSync(join(applicationRoot, "README.md"), "utf8");

async function writeFiles(directory: string, blocks: readonly CodeBlock[]): Promise<void> {
  for (const { path, code } of blocks) {
    if (path === undefined) continue;
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), code);
  }
}

/** The commands of `console` blocks, each with the output that it should have. */
function consoleCommands(
  blocks: readonly CodeBlock[],
): readonly { readonly args: string[]; readonly output: string }[] {
  return blocks
    .filter(({ language }) => language === "console")
    .flatMap(({ code }) => code.split(/^\$ /m).slice(1))
    .map((text) => {
      const [command = "", ...output] = text.trimEnd().split("\n");
      return { args: command.split(" "), output: output.join("\n") };
    });
}

async function typecheck(directory: string, project: string): Promise<End> {
  const compiler = join(applicationRoot, "node_modules", "typescript", "bin", "tsc");
  return runScript(directory, compiler, "-p", project);
}

test.for(pages)("the links of %s lead somewhere", (page) => {
  const links = localLinks(readFileSync(join(applicationRoot, page), "utf8"));

  expect(links.filter((link) => !existsSync(join(applicationRoot, dirname(page), link)))).toEqual([]);
});

test.for(pages)("the npm scripts that %s names exist", async (page) => {
  const { scripts } = JSON.parse(await readFile(join(applicationRoot, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const text = await readFile(join(applicationRoot, page), "utf8");
  const named = Array.from(
    text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )\w+)/g),
    ([, name = ""]) => name,
  );

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("what the guide to testing shows are tests that are run", () => {
  const guide = readFileSync(join(applicationRoot, "docs/guides/testing.md"), "utf8");
  const shown = codeBlocks(guide).filter(({ path }) => path !== undefined);

  expect(shown).toHaveLength(2);
  for (const { path = "", code } of shown)
    expect(code.replace(/^.*\n/, "").trim()).toBe(readFileSync(join(applicationRoot, path), "utf8").trim());
});

// What these two show runs outside of components.
const guides = globSync("docs/guides/*.md", { cwd: applicationRoot }).filter(
  (page) => !["testing.md", "dev.md"].includes(basename(page)),
);

test.for(guides)("%s begins with what can go wrong", (page) => {
  const [first] = /^## .*$/m.exec(readFileSync(join(applicationRoot, page), "utf8")) ?? [];

  expect(first).toBe("## What can go wrong");
});

// They show commands.
const guidesOfCode = guides.filter((page) => !["debugging.md", "serving.md"].includes(basename(page)));

test.for(guidesOfCode)("%s shows the bindings beside the SDK", (page) => {
  const snippets = codeBlocks(readFileSync(join(applicationRoot, page), "utf8"))
    .filter(({ language }) => language === "ts")
    .map(({ code }) => code);
  const withSdk = snippets.filter((code) => code.includes('"@golem-kit/sdk'));
  const raw = snippets.filter((code) => /"(?:golem|wasi):/.test(code) && !withSdk.includes(code));

  expect([raw.length > 0, withSdk.length > 0]).toEqual([true, true]);
});

test("the snippets of the guides are typed right", { timeout: 60_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-guides-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const snippets = globSync("docs/guides/*.md", { cwd: applicationRoot }).flatMap((page) =>
    codeBlocks(readFileSync(join(applicationRoot, page), "utf8"))
      .filter(({ language, path }) => language === "ts" && path === undefined)
      .map(({ code }, index) => ({
        path: `src/${basename(page, ".md")}-${index + 1}.ts`,
        code,
        language: "ts",
      })),
  );
  await writeFiles(directory, snippets);
  await symlink(join(applicationRoot, "node_modules"), join(directory, "node_modules"));
  // The types of a client for shop:orders are the cart's.
  const include = ["src", join(applicationRoot, "components/cart/generated"), platformTypes];
  const project = { extends: join(applicationRoot, "tsconfig.component.json"), include };
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify(project));
  await writeFile(join(directory, "package.json"), '{ "type": "module" }');

  expect(snippets.length).toBeGreaterThan(15);
  expect(await typecheck(directory, directory)).toMatchObject({ code: 0, stdout: "" });
});

test(
  "the component that the README adds builds, runs and passes its test",
  { timeout: 180_000 },
  async () => {
    const directory = await copyApplication();
    const [first] = codeBlocks(section(readme, "A component is", "## What is inside"));
    const blocks = codeBlocks(section(readme, "## Add a component", "## Call another component"));
    if (first === undefined) throw new Error("The README shows no component");
    await writeFiles(directory, [first, ...blocks]);
    await using server = await startServer({
      dataDir: join(directory, "data"),
      cacheDir: join(applicationRoot, ".golem", "cache"),
    });

    for (const { args, output } of consoleCommands(blocks)) {
      const [launcher, program, command = "", ...rest] = args;
      expect([launcher, program]).toEqual(["npx", "golem-kit"]);
      if (command === "serve") continue;
      const url = command === "build" ? [] : ["--url", server.url];
      const end = await golemKitIn(directory, command, ...url, ...rest);
      // A busy machine may take so long that the command says that it waits.
      const stderr = end.stderr.replaceAll(/^.* has run for \d+ s\n/gm, "");
      expect({ ...end, stderr }).toMatchObject({ code: 0, stderr: "" });
      if (output !== "") expect(end.stdout.trimEnd()).toBe(output);
    }
    expect(await typecheck(directory, "components/greeter")).toMatchObject({ code: 0, stdout: "" });
    const vitest = join(applicationRoot, "node_modules", "vitest", "vitest.mjs");
    const tests = await runScript(directory, vitest, "run", "components/greeter");
    expect(tests).toMatchObject({ code: 0 });
    expect(tests.stdout).toMatch(/Tests +1 passed/);
  },
);

test("the call that the README adds builds and answers", { timeout: 180_000 }, async () => {
  const directory = await copyApplication();
  await writeFiles(directory, codeBlocks(section(readme, "## Add a component", "## Call another component")));
  await writeFiles(directory, codeBlocks(section(readme, "## Call another component", "## Deploy to")));
  await using server = await startServer({
    dataDir: join(directory, "data"),
    cacheDir: join(applicationRoot, ".golem", "cache"),
  });

  expect(await golemKitIn(directory, "deploy", "--url", server.url)).toMatchObject({ code: 0 });
  expect(await typecheck(directory, "components/greeter")).toMatchObject({ code: 0, stdout: "" });
  const greeted = await golemKitIn(
    directory,
    "invoke",
    "--url",
    server.url,
    "shop:greeter",
    "lobby",
    "greet",
    "Ada",
  );
  expect(greeted.stdout).toBe('"Hello Ada, your order has 0 lines."\n');
});
