import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Builder, loadApplication } from "@golem-kit/build";
import { createHost, type Host } from "@golem-kit/host";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploy } from "@golem-kit/deployment";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot } from "./golem-kit.ts";

const files = {
  "golem.yaml": "components:\n  test:drawn:\n    template: ts\n",
  "package.json": '{ "golem-kit": { "load": "in-worker" } }',
  "wit/drawn.wit":
    "package test:drawn;\n\ninterface api {\n  draw: func() -> tuple<f64, f64>;\n}\n\nworld drawn {\n  export api;\n}\n",
  "src/main.ts":
    "const id = Math.random();\nlet draws = 0;\nexport const api = { draw: () => [id, (draws += 1)] };\n",
};

let host: Host;
let componentId: string;
let removeApplication = async (): Promise<void> => undefined;

beforeAll(async () => {
  const application = await copyApplication((remove) => {
    removeApplication = remove;
  });
  for (const [path, text] of Object.entries(files)) {
    const file = join(application, "components/drawn", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await using builder = new Builder();
  const [built] = await builder.build(await loadApplication(application), { only: ["test:drawn"] });
  if (built === undefined) throw new Error("nothing was built");
  host = await createHost({ shards: 1, cacheDir: join(applicationRoot, ".golem", "cache") });
  ({ componentId } = (await deploy(host.components, built)).component.versionedComponentId);
}, 120_000);

afterAll(async () => {
  await host.close();
  await removeApplication();
});

async function draw(workerName: string): Promise<unknown> {
  const answer = await host.workers.invokeAndAwait(
    { componentId, workerName },
    { function: "test:drawn-exports/api.{draw}", params: { form: "values", values: [] } },
  );
  return answer.form === "values" ? answer.value : undefined;
}

test("what is drawn at module level is the worker's own, and the same after it was made again", async () => {
  const [id] = (await draw("one")) as [number, number];
  await host.workers.interrupt({ componentId, workerName: "one" }, { recoverImmediately: true });
  expect(await draw("one")).toEqual([id, 2]);
  const [other] = (await draw("other")) as [number, number];
  expect(other).not.toBe(id);
});
