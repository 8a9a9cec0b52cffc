import { expect, test } from "vitest";
import { loadApplication } from "../src/index.ts";
import { Splicer } from "../src/componentize/splicer.ts";
import { featuresOf } from "../src/componentize/world-input.ts";
import { generateWit, readApplicationWit } from "../src/wit/generate-wit.ts";
import { withWitFolder } from "../src/wit/wit-texts.ts";
import { component, TestApplication } from "./application.ts";

test("an engine is the same whether parts of WASI are cut off before its world is spliced in, or after", async () => {
  const wit = `interface api { place: func(id: string) -> s64; }

world orders {
  import wasi:keyvalue/eventual@0.1.0;
  import wasi:sockets/tcp@0.2.0;
  export api;
}
`;
  await using files = await TestApplication.create(component("orders", wit, "export const api = {};"));
  const app = await loadApplication(files.dir);
  const [orders] = app.components.values();
  if (orders === undefined) throw new Error("the application has no component");
  const { files: texts, world, worldId } = await generateWit(app, orders, await readApplicationWit(app));

  await withWitFolder(texts, async (witPath) => {
    const splicer = await Splicer.load();
    const input = { witPath, world: worldId, features: featuresOf(world) };
    const before = splicer.splice(input, splicer.stubWasi(input));
    const after = splicer.stubWasi(input, splicer.splice(input).wasm);

    expect(Buffer.compare(before.wasm, after)).toBe(0);
  });
});
