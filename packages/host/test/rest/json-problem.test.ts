import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonProblem } from "../../src/rest/json-problem.ts";

describe("jsonProblem", () => {
  test.each([
    ["", "EOF while parsing a value at line 1 column 0"],
    ['{"name":', "EOF while parsing a value at line 1 column 8"],
    ["nope", "expected ident at line 1 column 2"],
    ["nul", "EOF while parsing a value at line 1 column 3"],
    ["?", "expected value at line 1 column 1"],
    ['{"a":1,\n  b}', "key must be a string at line 2 column 3"],
    ['{"a" 1}', "expected `:` at line 1 column 6"],
    ['{"a":1 "b"}', "expected `,` or `}` at line 1 column 8"],
    ['{"a":1,}', "trailing comma at line 1 column 8"],
    ["[1 2]", "expected `,` or `]` at line 1 column 4"],
    ["[1,", "EOF while parsing a list at line 1 column 3"],
    ["[1,]", "trailing comma at line 1 column 4"],
    ['"abc', "EOF while parsing a string at line 1 column 4"],
    ['"a\\x"', "invalid escape at line 1 column 4"],
    ['"a\nb"', "control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0"],
    ["01", "invalid number at line 1 column 1"],
    ["1 2", "trailing characters at line 1 column 3"],
  ])("%j: %s", (text, problem) => {
    expect(jsonProblem(text)).toBe(problem);
  });

  test("finds a fault in whatever JSON.parse refuses, and in nothing else", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "0", "x", "\\"))
      .map(([text, at, inserted]) => text.slice(0, at % (text.length + 1)) + inserted);
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        expect(jsonProblem(text) === "it is not JSON").toBe(isJson(text));
      }),
    );
  });

  test("does not give up on deep nesting", () => {
    expect(jsonProblem("[".repeat(1_000_000))).toMatch(/recursion|EOF/);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
