import { isSdkError } from "@golem-kit/sdk";
import {
  getRandomValues,
  insecureRandomBytes,
  insecureRandomU64,
  insecureSeed,
  randomBytes,
  randomInt,
  randomU64,
  randomUUID,
} from "@golem-kit/sdk/random";

const drawn: unknown[] = [];

export const randomness = {
  randomness: () => {
    const words = getRandomValues(new Uint32Array(4));
    drawn.push([...words], randomUUID(), randomInt(-3, 4), randomU64());
    drawn.push(insecureRandomU64(), insecureSeed(), [...insecureRandomBytes(3)]);
    return drawn;
  },
  "drawn before": () => drawn,
  "random view": () => {
    const whole = new Uint8Array(16);
    const part = getRandomValues(whole.subarray(4, 12));
    return { part: part.length, before: [...whole.subarray(0, 4)], after: [...whole.subarray(12)] };
  },
  "many random bytes": () => {
    const bytes = randomBytes(2_500_000);
    const last = bytes.subarray(-1_000).filter((byte) => byte !== 0).length;
    return { length: bytes.length, lastIsDrawn: last > 900 };
  },
  "random integers": () => Array.from({ length: 100 }, () => randomInt(0, 3)).toSorted((a, b) => a - b),
  "random refusals": () => [
    codeOf(() => randomInt(3, 3)),
    codeOf(() => randomInt(0, 2 ** 60)),
    codeOf(() => randomBytes(-1)),
    codeOf(() => randomBytes(1.5)),
  ],
};

function codeOf(run: () => unknown): string {
  try {
    run();
    return "no error";
  } catch (error) {
    return isSdkError(error) ? error.code : String(error);
  }
}
