import { isIP } from "node:net";
import { json } from "./answer.ts";
import { bearerToken } from "./bearer-token.ts";
import type { RestClient } from "./request-trace.ts";

export interface RequestGuardOptions {
  /** Names, besides localhost and IP addresses, under which the server may be addressed. */
  readonly allowedHosts: readonly string[];
  readonly maxConcurrentRequests: number;
  /** Who asks has to name it as `Authorization: Bearer`. @default nobody is asked who they are */
  readonly token?: string | undefined;
}

const REMEDY =
  "serve it with --allowed-host and its name, or the variable GOLEM_KIT_ALLOWED_HOSTS (option allowedHosts of serve)";

/** @param client who sent it, as far as that is known */
export type Serve = (request: Request, client?: RestClient) => Response | Promise<Response>;

/**
 * Lets through at most so many requests at a time, those without the token not, and none that a web page may have sent from elsewhere: a page whose
 * domain was made to point at this machine sends that domain as `Host`, any other page sends its own `Origin`.
 */
export function guarded(serve: Serve, options: RequestGuardOptions): Serve {
  const allowedHosts = new Set(options.allowedHosts.map((name) => name.toLowerCase()));
  const isAllowed = (name: string): boolean =>
    name === "localhost" || isIP(name) !== 0 || name.endsWith(".localhost") || allowedHosts.has(name);
  const refuse = options.token === undefined ? () => undefined : bearerToken(options.token);
  let running = 0;

  return async (request, client) => {
    const host = request.headers.get("host");
    if (host !== null && !isAllowed(hostName(host))) {
      return json({ error: `The host name ${host} is not allowed: ${REMEDY}` }, 403);
    }
    const origin = request.headers.get("origin");
    if (origin !== null && !isAllowed(hostName(origin.replace(/^\w+:\/\//, "")))) {
      return json({ error: `Requests of pages from ${origin} are not allowed: ${REMEDY}` }, 403);
    }
    const refusal = refuse(request);
    if (refusal !== undefined) return refusal;
    if (running >= options.maxConcurrentRequests) {
      return json(
        { error: `${running} requests are being served, the most that are accepted: try again later` },
        503,
      );
    }
    running++;
    try {
      return await serve(request, client);
    } finally {
      running--;
    }
  };
}

/** Without port and brackets, in lower case: `[::1]:9881` → `::1`. */
function hostName(host: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? [];
  return (bracketed ?? plain ?? "").toLowerCase();
}
