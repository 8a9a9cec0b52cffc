import { expect, test } from "vitest";
import type { KeptResult } from "../src/kept-results.ts";
import { reliabilityPage } from "../src/reliability-page.ts";

const MACHINE = { cores: 2, gigabytes: 24, node: "26.10.0", version: "0.1.0" };

const RESULT: KeptResult = {
  part: {
    name: "neighbours",
    promise: "Nobody waits",
    how: "beside others",
    files: [],
    aims: "within 250 ms",
  },
  passed: 2,
  failed: 0,
  failures: [],
  figures: new Map([["guests", 21]]),
  measurements: [],
  seconds: 3,
  date: "2026-01-31",
  length: "full",
};

test("the page tells what a part has measured, and whether the aims were met", () => {
  const measurements = [
    { of: "1 × compute", figures: { calls: 1_000, "p99 ms": 12 }, missed: [] },
    { of: "4 × compute", figures: { calls: 1_000, "p99 ms": 300 }, missed: ["p99 above 250 ms", "lost"] },
  ];

  expect(reliabilityPage([{ ...RESULT, measurements }], MACHINE)).toContain(`
## What neighbours measured

Aims: within 250 ms.

| beside | calls | p99 ms | aims |
| --- | ---: | ---: | --- |
| 1 × compute | 1,000 | 12 | met |
| 4 × compute | 1,000 | 300 | **missed**: p99 above 250 ms; lost |
`);
});

test("a part that measures nothing has a row only", () => {
  expect(reliabilityPage([RESULT], MACHINE)).not.toContain("measured");
});
