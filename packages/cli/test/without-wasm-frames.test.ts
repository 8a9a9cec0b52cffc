import { expect, test } from "vitest";
import { withoutWasmFrames } from "../src/without-wasm-frames.ts";

const frames = `error while executing at wasm backtrace:
    0: 0x91f537 - <unknown>!<wasm function 13286>
    1: 0x1d40ba - <unknown>!<wasm function 5129>: wasm trap: wasm \`unreachable\` instruction executed`;

test("what the program said comes first", () => {
  const said = "there is no tea\nStack:\n  place@components/orders/src/main.ts:12:5";
  const last = "Redirecting call to abort() to mozalloc_abort\n";

  expect(withoutWasmFrames(`RuntimeError: ${frames}\n\n${said}\n${last} (500 from POST /)`)).toBe(
    `RuntimeError: ${said} (500 from POST /)`,
  );
});

test("of a trap without words its name is left", () => {
  expect(withoutWasmFrames(frames)).toBe("wasm trap: wasm `unreachable` instruction executed");
  expect(withoutWasmFrames(`${frames} (500 from POST /)`)).toBe(
    "wasm trap: wasm `unreachable` instruction executed (500 from POST /)",
  );
});

test("other texts stay as they are", () => {
  expect(withoutWasmFrames("there is no tea")).toBe("there is no tea");
});
