import type { OplogPage } from "@golem-kit/host";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

/** The lines that a worker has logged: level, context and message. */
async function linesOf(workerName: string): Promise<unknown[][]> {
  const worker = { componentId: lab.componentId, workerName };
  const lines: unknown[][] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page: OplogPage = await lab.host.workers.oplog(worker, { from, count: 100 });
    for (const { entry } of page.entries) {
      if (entry.type === "Log") lines.push([entry["level"], entry["context"], entry["message"]]);
    }
    from = page.next?.nextOplogIndex;
  }
  return lines;
}

test("a logger writes level, context, and fields as JSON; less important lines it leaves out", async () => {
  await lab.run("log", "logs");
  expect(await linesOf("log")).toEqual([
    ["Debug", "shop", 'placed {"region":"eu","id":"7","cause":"Error: none"}'],
    ["Critical", "shop.payment", 'declined {"region":"us","id":"o-1"}'],
    ["Info", "", "bare"],
    ["Warn", "fields", 'circle {"left":1,"circle":{"self":"[circular]"}}'],
  ]);
});

test("fields of every kind are written, errors with their causes", async () => {
  await lab.run("odd", "odd fields");
  const [[, , line] = []] = await linesOf("odd");
  expect(JSON.parse(String(line).replace(/^odd /, ""))).toEqual({
    endless: "Error: endless (caused by Error: endless)",
    failed: 'Error: not placed (caused by TypeError: no price (caused by {"code":"7n"}))',
    both: 'AggregateError: several (caused by Error: one and "two")',
    map: [["tea", "3"]],
    set: [1],
    bytes: "[2 bytes]",
    never: "Invalid Date",
    epoch: "1970-01-01T00:00:00.000Z",
    numbers: ["NaN", "-Infinity", 1],
    symbol: "Symbol(tea)",
    place: "[function place]",
    unreadable: { price: "Error: unreadable" },
  });
});

test("a captured console writes through the logger until it is released", async () => {
  await lab.run("console", "console");
  expect(await linesOf("console")).toEqual([
    ["Info", "console", 'text {"sku":"tea"} 3n undefined'],
    ["Info", "console", "info"],
    ["Debug", "console", "debug"],
    ["Trace", "console", "trace"],
    ["Warn", "console", "warn"],
    ["Error", "console", "error"],
    [
      "Error",
      "console",
      expect.stringMatching(/^failed: Error: not placed\n\S*@.*\ncaused by TypeError: no price\n\S*@/s),
    ],
    ["Info", "console", '{"self":"[circular]"} Symbol(tea) NaN [[1,2]] null'],
    ["Stdout", "", "after"],
    ["Stdout", "", "\n"],
  ]);
});

test("standard output and error take text and bytes, in one piece", async () => {
  await lab.run("output", "output");
  expect(await linesOf("output")).toEqual([
    ["Stdout", "", "out\n"],
    ["Stderr", "", "err\n"],
    ["Stdout", "", "piece 1, "],
    ["Stdout", "", "piece 2"],
    ["Stdout", "", "x".repeat(10_000)],
  ]);
});
