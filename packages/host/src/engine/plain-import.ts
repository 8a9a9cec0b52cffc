import type { WitFunction, WitType } from "@golem-kit/wit";

/** A core wasm import: takes and gives `i32`, `i64`, `f32` and `f64`. */
export type CoreFunction = (...args: (number | bigint)[]) => number | bigint | undefined;

type Lift = (core: number | bigint) => unknown;

const LIFTS: Partial<Record<WitType["kind"], Lift>> = {
  bool: (core) => core !== 0,
  u8: (core) => Number(core) & 0xff,
  u16: (core) => Number(core) & 0xffff,
  u32: (core) => Number(core) >>> 0,
  s8: (core) => (Number(core) << 24) >> 24,
  s16: (core) => (Number(core) << 16) >> 16,
  s32: (core) => core,
  u64: (core) => BigInt.asUintN(64, BigInt(core)),
  s64: (core) => core,
  f32: (core) => core,
  f64: (core) => core,
};

/**
 * The core function of an import that passes numbers only: such a call needs no memory, and so nothing of jco's glue,
 * which would cost several microseconds. So are the clocks.
 *
 * @returns `undefined` if the function passes anything else
 */
export function plainImport(
  fn: WitFunction,
  call: (...args: unknown[]) => unknown,
): CoreFunction | undefined {
  if (fn.kind !== "freestanding") return undefined;
  if (fn.result !== null && LIFTS[fn.result.kind] === undefined) return undefined;
  const lifts: Lift[] = [];
  for (const { type } of fn.params) {
    const lift = LIFTS[type.kind];
    if (lift === undefined) return undefined;
    lifts.push(lift);
  }
  const lower = fn.result?.kind === "bool" ? Number : (value: unknown) => value as number | bigint;
  if (fn.result === null) {
    return (...args) => {
      call(...args.map((arg, at) => lifts[at]?.(arg)));
      return undefined;
    };
  }
  if (lifts.length === 0) return () => lower(call());
  return (...args) => lower(call(...args.map((arg, at) => lifts[at]?.(arg))));
}
