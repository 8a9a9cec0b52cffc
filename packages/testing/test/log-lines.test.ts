import { expect, test } from "vitest";
import { logLines } from "../src/log-lines.ts";

test("a line that was written in pieces is one, beginning where its first piece is", () => {
  const written = [
    ["Stdout", "Sold"],
    ["Stderr", "no "],
    ["Info", "a line\nof a log stays as it is\n"],
    ["Stdout", " tea\nand"],
    ["Stderr", "sugar\n"],
    ["Stdout", "\n"],
    ["Stdout", "\nthe end"],
  ] as const;

  const lines = logLines(
    written.map(([level, message], at) => ({
      oplogIndex: at + 1,
      entry: { type: "Log", timestamp: "", level, context: "", message },
    })),
  );

  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ["Stdout", "Sold tea"],
    ["Stderr", "no sugar"],
    ["Info", "a line\nof a log stays as it is\n"],
    ["Stdout", "and"],
    ["Stdout", ""],
    ["Stdout", "the end"],
  ]);
});
