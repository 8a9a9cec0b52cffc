import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { invoke, startDev } from "./dev-process.ts";

vi.setConfig({ testTimeout: 180_000 });

const ORDERS = "components/orders/src/main.ts";
const LINE = '{sku: "tea", quantity: 2, price: 5}';

/** An edit after which an order says what it costs in another way. */
const dearer = (text: string): string =>
  text.replace("sum + price * quantity", "sum + 10 * price * quantity");

describe("a save", () => {
  test("moves the workers of its component to the new code, with their state", async () => {
    const dev = await startDev(await copyApplication());
    await invoke(dev, "shop:orders", "o-1", "add-line", LINE);
    const before = await dev.save(ORDERS, dearer);

    const deployed = await dev.event("deployed", undefined, before);

    expect(deployed).toMatchObject({
      component: "shop:orders",
      version: 1,
      workers: { moved: 1, later: 0, stay: 0 },
      times: {
        bundle: expect.any(Number),
        initialise: expect.any(Number),
        deploy: expect.any(Number),
        replay: expect.any(Number),
      },
    });
    expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("total: 100,");
    // Nothing else was touched.
    expect(dev.events.slice(before).filter(({ type }) => type === "deployed")).toHaveLength(1);
  });

  test("moves a worker in the middle of an invocation, which goes on", async () => {
    const dev = await startDev(await copyApplication());
    const promise = await invoke(dev, "kit:tour", "t", "kit:tour-exports/sdk.{ask}");
    const answer = invoke(dev, "kit:tour", "t", "kit:tour-exports/sdk.{await-answer}", promise);
    await dev.event("call", (call) => call.function.includes("await-answer"));
    const before = await dev.save(
      "components/tour/src/notebook.ts",
      (text) => `${text}\nconsole.log("loaded anew");\n`,
    );
    const { version, workers } = await dev.event("deployed", undefined, before);

    await invoke(dev, "kit:tour", "other", "kit:tour-exports/sdk.{answer}", "t", promise, "tea");

    // One that waits for a promise needs no memory meanwhile.
    expect([version, workers.moved + workers.later, workers.stay]).toEqual([1, 1, 0]);
    expect(await answer).toBe('"tea"');
    expect((await dev.golemKit("workers", "kit:tour", "--filter", "name = t")).stdout).toContain("version 1");
  });

  test("of what cannot be built changes nothing, says where, and the next good one clears it", async () => {
    const dev = await startDev(await copyApplication());
    await invoke(dev, "shop:orders", "o-1", "add-line", LINE);
    const before = await dev.save(ORDERS, (text) =>
      text.replace("return lines.push(line);", "return lines.push(line;"),
    );

    const { component, problem } = await dev.event("failed", undefined, before);

    expect(component).toBe("shop:orders");
    expect(problem).toMatchObject({ file: ORDERS, line: 35, column: 25 });
    expect(problem.frame).toContain("> 35 |   return lines.push(line;");
    expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("total: 10,");
    const mending = await dev.save(ORDERS, (text) => dearer(text.replace("push(line;", "push(line);")));
    expect(await dev.event("mended", undefined, mending)).toMatchObject({ component: "shop:orders" });
    await dev.event("deployed", undefined, mending);
    expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("total: 100,");
  });

  test.for<readonly [what: string, path: string, edit: (text: string) => string, told: RegExp]>([
    [
      "a manifest",
      "components/orders/golem.yaml",
      (text) => `${text}nonsense: 1\n`,
      /golem\.yaml:\d+:1: .*nonsense/,
    ],
    [
      "WIT",
      "components/orders/wit/orders.wit",
      (text) => text.replace("get: func()", "get: funk()"),
      /orders\.wit:\d+:\d+: /,
    ],
  ])("of %s that is wrong changes nothing, and says where", async ([, path, edit, told]) => {
    const dev = await startDev(await copyApplication());
    await invoke(dev, "shop:orders", "o-1", "add-line", LINE);
    const text = await readFile(join(dev.directory, path), "utf8");
    const before = await dev.save(path, edit);

    const { problem } = await dev.event("failed", undefined, before);

    expect(problem.message).toMatch(told);
    expect(problem.frame).toContain("> ");
    expect(await invoke(dev, "shop:orders", "o-1", "get")).toContain("total: 10,");
    const mending = await dev.save(path, () => text);
    await dev.event("mended", undefined, mending);
    expect(dev.events.filter(({ type }) => type === "deployed")).toHaveLength(5);
  });

  test("of the same content is none", async () => {
    const dev = await startDev(await copyApplication());
    const before = await dev.save(ORDERS, (text) => text);
    // What comes of this one shows that the first was looked at.
    await dev.save("components/catalog/src/main.ts", (text) => `${text}\nconsole.log("loaded anew");\n`);

    await dev.event("deployed", ({ component }) => component === "shop:catalog", before);

    const touched = dev.events
      .slice(before)
      .filter((event) => "component" in event && event.component === "shop:orders");
    expect(touched).toEqual([]);
  });

  test("of an initial file or the environment makes a new version", async () => {
    const directory = await copyApplication();
    const manifest = join(directory, "components/orders/golem.yaml");
    await mkdir(join(directory, "components/orders/files"));
    await writeFile(join(directory, "components/orders/files/terms.txt"), "old");
    const settings =
      "    files:\n      - sourcePath: files/terms.txt\n        targetPath: /terms.txt\n        permissions: read-only\n";
    await writeFile(manifest, (await readFile(manifest, "utf8")) + settings);
    const dev = await startDev(directory);

    const before = await dev.save("components/orders/files/terms.txt", () => "new");

    expect(await dev.event("deployed", undefined, before)).toMatchObject({
      component: "shop:orders",
      version: 1,
    });
    const more = await dev.save(
      "components/orders/golem.yaml",
      (text) => `${text}    env:\n      TONE: kind\n`,
    );
    expect(await dev.event("deployed", undefined, more)).toMatchObject({
      component: "shop:orders",
      version: 2,
    });
  });

  test("that takes a function away which others call names them, and moves nothing", async () => {
    const dev = await startDev(await copyApplication());
    await invoke(dev, "shop:orders", "o-1", "add-line", LINE);
    const before = await dev.save("components/orders/wit/orders.wit", (text) =>
      text.replace("  add-line: func", "  append-line: func"),
    );
    await dev.save(ORDERS, (text) => text.replaceAll("addLine", "appendLine"));

    const { calls } = await dev.event("refused", undefined, before);

    const gone = { component: "shop:orders", function: "add-line", change: "gone" };
    expect(calls).toMatchObject([
      { ...gone, caller: "shop:cart" },
      { ...gone, caller: "kit:tour" },
    ]);
    expect(calls[0]?.places.join("\n")).toMatch(/^components\/cart\/src\/main\.ts:30:\d+ /);
    expect(await invoke(dev, "shop:orders", "o-1", "add-line", LINE)).toBe("ok(2)");
    const mending = dev.events.length;
    for (const file of ["cart/src/main.ts", "tour/src/rpc/sdk.ts", "tour/src/rpc/raw.ts"])
      await dev.save(join("components", file), (text) =>
        text.replaceAll("blockingAddLine", "blockingAppendLine").replaceAll("addLine", "appendLine"),
      );
    for (const name of ["shop:orders", "shop:cart", "kit:tour"])
      await dev.event("deployed", ({ component }) => component === name, mending);
  });
});

test("a component that comes to golem.yaml is deployed, and one that goes leaves its workers as they are", async () => {
  const dev = await startDev(await copyApplication(), "--poll", "50");
  await invoke(dev, "shop:receipts", "r-1", "list-files", "");
  const folder = join(dev.directory, "components/copied");
  const before = dev.events.length;
  await mkdir(join(folder, "src"), { recursive: true });
  await mkdir(join(folder, "wit"));
  await writeFile(
    join(folder, "src/main.ts"),
    "export const api = { greet: (name: string) => `Hello ${name}` };\n",
  );
  await writeFile(
    join(folder, "wit/copied.wit"),
    "package shop:copied;\ninterface api {\n  greet: func(name: string) -> string;\n}\nworld copied {\n  export api;\n}\n",
  );
  await writeFile(join(folder, "golem.yaml"), "components:\n  shop:copied:\n    template: ts\n");

  await dev.event("added", ({ component }) => component === "shop:copied", before);
  await dev.event("deployed", ({ component }) => component === "shop:copied", before);
  expect(await invoke(dev, "shop:copied", "c", "greet", "Ada")).toBe('"Hello Ada"');

  const going = dev.events.length;
  await rm(join(dev.directory, "components/receipts"), { recursive: true });
  expect(await dev.event("removed", undefined, going)).toMatchObject({
    component: "shop:receipts",
    workers: 1,
  });
  expect((await dev.golemKit("workers", "shop:receipts")).stdout).toContain("r-1");
});
