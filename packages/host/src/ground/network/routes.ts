/** Where requests to an origin are sent instead. */
export interface Route {
  readonly secure: boolean;
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** By origin: `https://api.example.com`, `http://localhost:3000`. */
export type Routes = ReadonlyMap<string, Route>;

/**
 * Reads the routes of a host.
 *
 * @param routes origins by origin
 * @throws RouteError if one is no origin of HTTP
 */
export function parseRoutes(routes: Readonly<Record<string, string>>): Routes {
  return new Map(
    Object.entries(routes).map(([from, to]) => {
      const { protocol, hostname, port } = parseOrigin(to);
      const secure = protocol === "https:";
      const route: Route = {
        secure,
        host: hostname.replace(/^\[(.*)\]$/, "$1"),
        port: port === "" ? (secure ? 443 : 80) : Number(port),
      };
      return [parseOrigin(from).origin, route];
    }),
  );
}

/** What was given as a route is none. */
export class RouteError extends Error {
  override readonly name = "RouteError" as const;
}

function parseOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new RouteError(
      `"${text}" is no origin: routes lead from one to another, such as http://pay.example to http://127.0.0.1:3000`,
    );
  }
  return url;
}
