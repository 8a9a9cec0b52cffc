import { leb128 } from "@golem-kit/wit";

import { nameOf, sectionOf } from "../binary-section.ts";

const FUNCTION = 0;
const I32 = 0x7f;

function vector(id: number, ...elements: readonly (readonly number[])[]): Uint8Array {
  return sectionOf(id, Uint8Array.from([...leb128(elements.length), ...elements.flat()]));
}

/** A function's body: no locals. */
function body(...code: readonly number[]): number[] {
  return [...leb128(code.length + 1), 0, ...code];
}

/**
 * The function that yield points call. It is WebAssembly since what suspends a guest must have no JavaScript between itself and
 * the guest. Where there is some, suspending fails; that is caught, and the guest goes on.
 *
 * ```wat
 * (func (export "yield")
 *   (if (call $isDue)
 *     (then
 *       (block $failed (try_table (catch_all $failed) (call $pause)))
 *       (call $resumed))))
 * ```
 */
const BYTES = Buffer.concat([
  Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00),
  vector(1, [0x60, 0, 0], [0x60, 0, 1, I32]),
  vector(
    2,
    [...nameOf("host"), ...nameOf("isDue"), FUNCTION, 1],
    [...nameOf("host"), ...nameOf("pause"), FUNCTION, 0],
    [...nameOf("host"), ...nameOf("resumed"), FUNCTION, 0],
  ),
  vector(3, [0]),
  vector(7, [...nameOf("yield"), FUNCTION, 3]),
  vector(
    10,
    body(
      // call $isDue, if
      0x10,
      0,
      0x04,
      0x40,
      // block, try_table (catch_all 0), call $pause, end, end
      0x02,
      0x40,
      0x1f,
      0x40,
      1,
      0x02,
      0,
      0x10,
      1,
      0x0b,
      0x0b,
      // call $resumed, end, end
      0x10,
      2,
      0x0b,
      0x0b,
    ),
  ),
]);

export const YIELD_MODULE = new WebAssembly.Module(BYTES);
