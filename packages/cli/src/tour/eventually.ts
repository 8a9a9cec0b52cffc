import { setTimeout as delay } from "node:timers/promises";

const ATTEMPTS = 500;
const PAUSE = 20;

/** Asks until it is so, for ten seconds. @throws Error if it never is */
export async function eventually(finding: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await isSo()) return;
    await delay(PAUSE);
  }
  throw new Error(`This should have happened within 10 s, and did not: ${finding}`);
}
