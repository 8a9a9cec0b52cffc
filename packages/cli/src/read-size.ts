import { UserError } from "./user-error.ts";

const UNITS: Readonly<Record<string, number>> = { "": 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/**
 * Reads `4096`, `64KiB`, `1.5GiB`.
 *
 * @param what is meant, for the error
 * @throws UserError for anything else
 */
export function readSize(what: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = UNITS[unit ?? "none"];
  const size = Math.round(Number(digits) * (factor ?? Number.NaN));
  if (Number.isSafeInteger(size)) return size;
  throw new UserError(
    `${what} is "${text}", which is no size: write a number, alone or with KiB, MiB or GiB, like 64MiB.`,
    { exitCode: 2 },
  );
}
