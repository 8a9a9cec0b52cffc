import { unknownName } from "@golem-kit/wit";
import { checkFault, checkTimes } from "../planned-fault.ts";
import type { Fault } from "./fault.ts";
import { type Handler, OriginServer } from "./origin-server.ts";

/** The servers that guests believe to be out there. */
export interface Outside extends AsyncDisposable {
  /** For the host: `openWorkspace({ host: { routes: outside.routes } })`. */
  readonly routes: Readonly<Record<string, string>>;
  /** What was asked, in the order in which it came, faults included. The bodies can be read. */
  readonly requests: readonly Request[];
  /**
   * Lets the next requests to an origin go wrong. Faults of the same origin come one after the other.
   *
   * @param origin one of those that were opened
   * @param times how many requests, from 1 @default 1
   * @throws Error if there is no such origin; TypeError if there is no such fault
   * @example
   * ```ts
   * outside.fail("https://pay.example", "lose-answer");
   * outside.fail("https://pay.example", { status: 503 }, { times: 2 });
   * ```
   */
  fail(origin: string, fault: Fault, options?: { readonly times?: number }): void;
  /**
   * Takes the server of an origin down: its connections end, and new ones are refused until {@link accept}.
   *
   * @throws Error if there is no such origin
   */
  refuse(origin: string): Promise<void>;
  /** Brings the server of an origin back. @throws Error if there is no such origin, or its port was taken meanwhile */
  accept(origin: string): Promise<void>;
  /** Forgets the requests, and the faults that have not come. */
  reset(): void;
  /**
   * Throws what handlers have thrown since the last check. The fixtures do this when a test ends, which fails by it.
   *
   * @throws what a handler has thrown; AggregateError if it is more than one
   */
  check(): void;
  /** Ends it: what is still waiting for an answer gets none. @throws as {@link check} */
  close(): Promise<void>;
}

/**
 * Plays the servers that guests talk to. Each origin is a real HTTP server on this machine, to which a host sends what is
 * meant for the origin: `https` ones, too, without certificates. Other origins are not affected. A handler that throws
 * is answered for with 500, and what it threw is thrown by {@link Outside.check} and {@link Outside.close}.
 *
 * @param handlers by origin: scheme, name, and port unless it is the scheme's own
 * @throws TypeError if one is no origin
 * @example
 * ```ts
 * await using outside = await openOutside({
 *   "https://pay.example": async (request) => Response.json({ charged: await request.json() }),
 * });
 * await using workspace = await openWorkspace({ host: { routes: outside.routes } });
 * ```
 */
export async function openOutside(handlers: Readonly<Record<string, Handler>>): Promise<Outside> {
  const requests: Request[] = [];
  const errors: unknown[] = [];
  for (const origin of Object.keys(handlers)) checkOrigin(origin);
  await using resources = new AsyncDisposableStack();
  const servers = new Map<string, OriginServer>();
  for (const [origin, handler] of Object.entries(handlers)) {
    const server = await OriginServer.open(origin, handler, {
      received: (request) => void requests.push(request),
      failed: (error) => void errors.push(error),
    });
    servers.set(origin, resources.use(server));
  }
  const kept = resources.move();
  const serverOf = (origin: string): OriginServer => {
    const server = servers.get(origin);
    if (server === undefined)
      throw unknownName("origin", origin, { place: "outside", known: servers.keys() });
    return server;
  };
  const check = (): void => {
    const thrown = errors.splice(0);
    if (thrown.length === 1) throw thrown[0];
    if (thrown.length > 1) throw new AggregateError(thrown, "Handlers of origins have thrown");
  };
  const close = async (): Promise<void> => {
    await kept.disposeAsync();
    check();
  };
  return {
    routes: Object.fromEntries(Array.from(servers, ([origin, { url }]) => [origin, url])),
    requests,
    fail: (origin, fault, { times = 1 } = {}) => {
      const { faults } = serverOf(origin);
      checkFault(fault);
      checkTimes(times);
      for (let count = 0; count < times; count += 1) faults.push(fault);
    },
    refuse: async (origin) => serverOf(origin).refuse(),
    accept: async (origin) => serverOf(origin).accept(),
    reset: () => {
      requests.length = 0;
      for (const { faults } of servers.values()) faults.length = 0;
    },
    check,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checkOrigin(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return;
  throw new TypeError(
    `"${text}" is no origin: write scheme and name, and the port unless it is the scheme's own, without a path: ` +
      `"https://prices.example", "http://prices.example:8080"`,
  );
}
