import { now as monotonicNow, subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.0";
import { now } from "wasi:clocks/wall-clock@0.2.0";

const MILLISECOND = 1_000_000n;

export function time(): bigint {
  return now().seconds;
}

export function sleep(milliseconds: number): number {
  const start = monotonicNow();
  using alarm = subscribeDuration(BigInt(milliseconds) * MILLISECOND);
  alarm.block();
  return Number((monotonicNow() - start) / MILLISECOND);
}
