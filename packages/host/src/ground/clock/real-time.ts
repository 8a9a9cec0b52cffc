/**
 * The machine's own time and timers, as they were when the host was loaded: a test that fakes its thread's timers does not
 * stop the host.
 */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis;

const { timeOrigin } = performance;
const sinceOrigin = performance.now.bind(performance);

/** Milliseconds since the epoch, with fractions; never goes back. */
export function realNow(): number {
  return timeOrigin + sinceOrigin();
}
