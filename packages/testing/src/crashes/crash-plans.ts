import type { CrashedEntry } from "./crash-difference-error.ts";
import type { EveryCrashOptions } from "./every-crash-options.ts";

/** Which entries each run crashes at. */
export function crashPlans(
  points: readonly CrashedEntry[],
  { crashes = 1, everyPair = false }: EveryCrashOptions,
): readonly (readonly CrashedEntry[])[] {
  if (crashes === 1) return points.map((point) => [point]);
  if (everyPair) {
    return points.flatMap((first, at) => points.slice(at).map((second) => [first, second]));
  }
  // In turn: just after the recovery, half-way round, and just before the first one.
  const steps = [1, Math.ceil(points.length / 2), points.length - 1];
  return points.map((point, at) => {
    const step = steps[at % steps.length] ?? 1;
    const second = points[(at + step) % points.length];
    return second === undefined || second === point ? [point] : [point, second];
  });
}

/** At most `count` of them, at even distances. */
export function spread<T>(all: readonly T[], count = all.length): readonly T[] {
  if (count >= all.length) return all;
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as T);
}
