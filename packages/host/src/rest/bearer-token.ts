import { createHash, timingSafeEqual } from "node:crypto";
import { json } from "./answer.ts";

/** What who looks whether the server is there may ask without a token. */
const OPEN_PATHS: ReadonlySet<string> = new Set(["/healthcheck", "/version"]);

/**
 * Tells whom to refuse: every request that does not name the token as `Authorization: Bearer`. How long the comparison takes tells
 * nothing of the token.
 *
 * @returns the refusal, `undefined` for a request that is served
 */
export function bearerToken(token: string): (request: Request) => Response | undefined {
  const expected = digest(`Bearer ${token}`);
  return (request) => {
    if (OPEN_PATHS.has(new URL(request.url).pathname)) return undefined;
    const given = request.headers.get("authorization");
    if (given !== null && timingSafeEqual(digest(given), expected)) return undefined;
    const error =
      given === null
        ? "This server answers who names its token: send the header Authorization: Bearer <token>, golem-kit --token <token> does"
        : "The token that was sent is not that of this server: send the one that it was started with";
    const answer = json({ error }, 401);
    answer.headers.set("www-authenticate", "Bearer");
    return answer;
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
