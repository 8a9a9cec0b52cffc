import { isIPv4 } from "node:net";
import { UserError } from "./user-error.ts";

/** Characters that a token has at least, so that nobody guesses it. */
const SHORTEST = 16;

/**
 * The token that a server is to ask for. One that others than this machine reach does not begin without.
 *
 * @param given `false` if it is to ask for none, wherever it listens
 * @throws UserError
 */
export function serverToken(hostname: string, given: string | false | undefined): string | undefined {
  if (given === false) return undefined;
  if (given === undefined) {
    if (isLoopback(hostname)) return undefined;
    throw new UserError(
      `At ${hostname} everybody who reaches this machine could call and delete workers. ` +
        "Give a token with --token or the variable GOLEM_KIT_TOKEN, which clients send with --token or the same variable; " +
        "or say --no-token, if something else keeps strangers away.",
      { exitCode: 2 },
    );
  }
  if (/^[\x21-\x7e]+$/.test(given) && given.length >= SHORTEST) return given;
  throw new UserError(
    `The token has ${given.length} characters, or others than letters, digits and signs: take at least ${SHORTEST}, as "openssl rand -hex 16" gives.`,
    { exitCode: 2 },
  );
}

function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === "localhost" || name === "::1" || (isIPv4(name) && name.startsWith("127."));
}
