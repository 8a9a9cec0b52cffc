import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";

import { type AddressKind, kindOf, plainAddress } from "./ip-range.ts";
import { type NetworkRule, parseNetworkRule } from "./network-rule.ts";
import { parseRoutes, type Routes } from "./routes.ts";

/** What guests may reach unless a host is told otherwise: all but the machine it runs on. */
export const DEFAULT_ALLOW: readonly string[] = ["public", "private"];

/** How long the addresses of this machine are taken for granted, in milliseconds. */
const OWN_ADDRESSES_AGE = 1_000;

/** Says where guests may go: what no line of its list allows is forbidden. */
export class NetworkPolicy {
  /** What is sent elsewhere. Where to is the choice of the host's owner, and needs no line of the list. */
  readonly routes: Routes;
  readonly #rules: readonly NetworkRule[];
  readonly #sockets: boolean;
  #own: ReadonlySet<string> = new Set();
  #ownSince = Number.NEGATIVE_INFINITY;

  /**
   * @param sockets false: no address is reached by a socket of the guest's own
   * @throws NetworkRuleError if a line cannot be read; RouteError if a route cannot
   */
  constructor(
    allow: readonly string[] = DEFAULT_ALLOW,
    routes: Readonly<Record<string, string>> = {},
    sockets = true,
  ) {
    this.#sockets = sockets;
    this.routes = parseRoutes(routes);
    this.#rules = allow.map(parseNetworkRule);
  }

  /**
   * True if a guest may connect to the address, or listen at it.
   *
   * @param address an IP address
   * @param name how the guest called it, if by a name
   */
  permits(address: string, port: number, name?: string): boolean {
    const plain = plainAddress(address);
    const destination = { address: plain, kind: this.#kindOf(plain), port, name: name?.toLowerCase() };
    return this.#rules.some((rule) => rule(destination));
  }

  /** The same for a socket of the guest's own. */
  permitsSocket(address: string, port: number): boolean {
    return this.#sockets && this.permits(address, port);
  }

  /**
   * Resolves names for one connection to `port`. The connection is made to what was judged: whoever answers for the name
   * cannot change the answer in between.
   */
  lookup(port: number): LookupFunction {
    return (name, options, done) => {
      lookup(name, { ...options, all: true }, (error, found) => {
        if (error !== null) return done(error, "");
        const permitted = found.filter(({ address }) => this.permits(address, port, name));
        const [first] = permitted;
        if (first === undefined) return done(new ForbiddenError(name, port), "");
        return options.all === true ? done(null, permitted) : done(null, first.address, first.family);
      });
    };
  }

  #kindOf(address: string): AddressKind {
    return this.#ownAddresses().has(address) ? "local" : kindOf(address);
  }

  #ownAddresses(): ReadonlySet<string> {
    if (performance.now() - this.#ownSince > OWN_ADDRESSES_AGE) {
      const found = Object.values(networkInterfaces()).flatMap((each = []) => each);
      this.#own = new Set(found.map(({ address }) => plainAddress(address)));
      this.#ownSince = performance.now();
    }
    return this.#own;
  }
}

/** A guest wanted to go where it may not. */
export class ForbiddenError extends Error {
  override readonly name = "ForbiddenError" as const;
  readonly code = "EFORBIDDEN";

  constructor(host: string, port: number) {
    super(`Workers of this host may not reach ${host}, port ${port}`);
  }
}
