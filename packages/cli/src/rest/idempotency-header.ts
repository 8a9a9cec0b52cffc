import { UserError } from "../user-error.ts";

/** Characters of a key that a message quotes. */
const QUOTED = 40;

/** @throws UserError for a key that no header can say */
export function idempotencyHeader(key: string): string {
  if (/^[!-~]([ -~]{0,510}[!-~])?$/.test(key)) return key;
  throw new UserError(
    `The idempotency key ${JSON.stringify(key.slice(0, QUOTED))} cannot be sent: it must be 1 to 512 characters of ASCII, without control characters, and not begin or end with a space.`,
    { exitCode: 2 },
  );
}
