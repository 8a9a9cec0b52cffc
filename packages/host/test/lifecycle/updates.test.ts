import { expect, test } from "vitest";

import { Updates } from "../../src/journal/updates.ts";

test("of updates that failed the last ones are told in full, and all earlier ones by their first line", () => {
  const updates = new Updates();
  for (let version = 1; version <= 200; version += 1) {
    const details = `no ${version}\n${"x".repeat(1_000)}`;
    updates.apply(version, { type: "FailedUpdate", timestamp: 0, targetVersion: version, details });
  }
  const details = updates.records.map((record) => record.details ?? "");
  expect(details.slice(0, 2)).toEqual(["no 1", "no 2"]);
  expect(details.slice(-8).every((text) => text.length > 1_000)).toBe(true);
  expect(details.join("").length).toBeLessThan(10_000);
});
