import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generateTypes, loadApplication } from "../src/index.ts";
import { component, TestApplication } from "./application.ts";

test("a comment of WIT that would end one of TypeScript does not", async () => {
  const wit = `interface api {
  /// Matches src/*/main.ts
  get: func() -> string;
}
world orders { export api; }
`;
  await using app = await TestApplication.create(component("orders", wit, "export {};"));
  await generateTypes(await loadApplication(app.dir));
  const types = await readFile(app.path("components/orders/generated/test-orders-exports-api.d.ts"), "utf8");

  expect(types).toContain("* Matches src/*\\/main.ts\n");
});
