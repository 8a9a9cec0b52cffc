import { setInterval } from "node:timers";

/** Milliseconds without an answer after which a person wonders, and between two lines of a log. */
const FIRST = 5_000;
const AGAIN = 60_000;

/**
 * Waits for something as long as it takes, and says on standard error that it does: a terminal sees the seconds go by, a log gets
 * a line a minute.
 *
 * @param what `shop:orders/o-1 place`
 */
export async function waitAloud<T>(what: string, answer: Promise<T>): Promise<T> {
  const begin = performance.now();
  const isLive = process.stderr.isTTY && process.env["TERM"] !== "dumb";
  const say = (): void => {
    const text = `${what} has run for ${Math.round((performance.now() - begin) / 1000)} s`;
    process.stderr.write(isLive ? `\r\x1b[2K${text}` : `${text}\n`);
  };
  let timer = setTimeout(() => {
    say();
    timer = setInterval(say, isLive ? 1000 : AGAIN);
  }, FIRST);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    if (isLive) process.stderr.write("\r\x1b[2K");
  }
}
