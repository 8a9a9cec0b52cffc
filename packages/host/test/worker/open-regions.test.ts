import { describe, expect, test } from "vitest";

import { OpenRegions } from "../../src/journal/open-regions.ts";

describe("a region", () => {
  test("is complete once it has ended", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    expect(regions.isComplete(3)).toBe(false);
    regions.end(3, 7);
    expect(regions.isComplete(3)).toBe(true);
    expect(regions.any).toBe(false);
  });

  test("is over with its invocation", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    regions.endAll();
    expect(regions.isComplete(3)).toBe(true);
  });

  test("is open again when only its end was deleted", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    regions.end(3, 7);
    regions.delete({ start: 5, end: 9 });
    expect(regions.isComplete(3)).toBe(false);
    expect(regions.any).toBe(true);
  });

  test("is gone when its begin was deleted", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    regions.begin(6);
    regions.end(6, 7);
    regions.begin(8);
    regions.delete({ start: 4, end: 9 });
    regions.end(3, 10);
    expect(regions.any).toBe(false);
  });

  test("is not complete if another one that is open began before its end", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    regions.begin(5);
    regions.end(3, 7);
    expect(regions.isComplete(3)).toBe(false);
    regions.end(5, 9);
    expect(regions.isComplete(3)).toBe(true);
  });

  test("is complete if another one began after its end", () => {
    const regions = new OpenRegions();
    regions.begin(3);
    regions.end(3, 4);
    regions.begin(5);
    expect(regions.isComplete(3)).toBe(true);
  });
});
