/** Nanoseconds. */
const FIRST_PAUSE = 100_000_000n;
/** A look comes after a quarter of the time that was waited already. */
const SHARE = 4n;

/**
 * How long to wait before the next look at a promise, in nanoseconds. Looks become rarer, for each is recorded: their
 * number grows with the logarithm of the time.
 *
 * @param waited since the first look
 * @param limits.remaining until the time-out
 * @param limits.noticeWithin the longest pause
 */
export function nextLook(
  waited: bigint,
  limits: { readonly remaining?: bigint | undefined; readonly noticeWithin?: bigint | undefined },
): bigint {
  const pauses = [
    waited / SHARE > FIRST_PAUSE ? waited / SHARE : FIRST_PAUSE,
    limits.remaining,
    limits.noticeWithin,
  ];
  return pauses.reduce<bigint>(
    (least, pause) => (pause !== undefined && pause < least ? pause : least),
    2n ** 64n,
  );
}
