import { subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.0";
import { poll as pollAll } from "wasi:io/poll@0.2.0";

const MILLISECOND = 1_000_000n;
const HOUR = 3_600_000n * MILLISECOND;

export function poll(): Uint32Array {
  using hour = subscribeDuration(HOUR);
  using moment = subscribeDuration(MILLISECOND);
  using day = subscribeDuration(24n * HOUR);
  return pollAll([hour, moment, day]);
}
