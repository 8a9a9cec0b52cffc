import { describe, expect, test } from "vitest";

import { demangle } from "../../src/worker/instance/demangle.ts";
import { trapText } from "../../src/worker/instance/trap-text.ts";

function trap(message: string, ...frames: readonly string[]): Error {
  const error = new WebAssembly.RuntimeError(message);
  error.stack = [`RuntimeError: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

describe("the text of a trap", () => {
  test("names modules and functions, and the functions that have no name", () => {
    const error = trap(
      "unreachable",
      "failing_component.wasm.golem:component/api#fail (wasm://wasm/failing_component.wasm-0a1b2c3d:wasm-function[12]:0x1f)",
      "wasm://wasm/0a1b2c3d:wasm-function[7]:0x2a",
      "Object.call (file:///glue.mjs:1:2)",
    );
    expect(trapText(error, "")).toBe(
      "error while executing at wasm backtrace:\n" +
        "    0: 0x1f - failing_component.wasm!golem:component/api#fail\n" +
        "    1: 0x2a - <unknown>!<wasm function 7>: wasm trap: wasm `unreachable` instruction executed",
    );
  });

  test("ends with what was written to stderr", () => {
    expect(trapText(trap("divide by zero"), "sorry\n")).toBe("wasm trap: integer divide by zero\n\nsorry\n");
  });
});

test.each([
  [
    "_ZN3std9panicking20rust_panic_with_hook17h6ac9107c42850161E",
    "std::panicking::rust_panic_with_hook::h6ac9107c42850161",
  ],
  [
    "_ZN67_$LT$lib..Cart$u20$as$u20$lib..bindings..Guest$u5b$$RF$str$u5d$$GT$3add17h0123456789abcdefE",
    "<lib::Cart as lib::bindings::Guest[&str]>::add::h0123456789abcdef",
  ],
  ["_ZN99too shortE", "_ZN99too shortE"],
  ["golem:it/api#run", "golem:it/api#run"],
])("the symbol %s is shown as %s", (symbol, shown) => {
  expect(demangle(symbol)).toBe(shown);
});
