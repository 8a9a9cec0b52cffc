import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseWit, printWit } from "../src/index.ts";
import { withoutPositions } from "./without-positions.ts";
import { witFile } from "./wit-arbitraries.ts";

test("reading what was printed gives the tree that was printed", () => {
  fc.assert(
    fc.property(witFile, (file) => {
      expect(withoutPositions(parseWit(printWit(file)))).toEqual(withoutPositions(file));
    }),
    { numRuns: 500 },
  );
});

test("printing is canonical: a second round changes nothing", () => {
  fc.assert(
    fc.property(witFile, (file) => {
      const once = printWit(file);
      expect(printWit(parseWit(once))).toBe(once);
    }),
    { numRuns: 300 },
  );
});

test("comments, docs and gates keep their place, and blocks stand apart", () => {
  const text = `// About the file.
package shop:orders@1.0.0;

// An ordinary comment.
/// What orders are.
@since(version = 1.0.0)
interface api {
  use wasi:io/poll@0.2.0.{pollable as p};
  type id = string;

  /// One line of an order.
  record %record {
    /// How many.
    quantity: u32,
    note: option<list<u8>>,
  }

  resource basket {
    constructor(owner: string);
    add: func(item: borrow<basket>) -> result<_, string>;
    open: static func() -> basket;
  }

  place: func(a: u32, b: tuple<string, f64>) -> result<id>;
  ping: func() -> result;
}

world w {
  include wasi:io/imports@0.2.0 with { a as b }
  import log: func(line: string);
  export api;

  export inner: interface {
    f: func();
  }
}
`;
  expect(printWit(parseWit(text))).toBe(text);
});
