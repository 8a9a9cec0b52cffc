import { instanceNetwork } from "wasi:sockets/instance-network@0.2.0";
import { resolveAddresses } from "wasi:sockets/ip-name-lookup@0.2.0";
import type { IpAddress } from "wasi:sockets/network@0.2.0";

import type { WaitOptions } from "../event-loop.ts";
import { formatIp, parseIp } from "./address.ts";
import { settled, socketCall, SocketError } from "./socket-error.ts";

/**
 * How an operation of a socket may end early.
 *
 * @example
 * ```ts
 * const options: SocketOptions = { signal: AbortSignal.timeout(5_000) };
 * const addresses = await lookup("shop.example", options);
 * ```
 */
export interface SocketOptions {
  /** Ends the operation with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The addresses that a name stands for, in the order in which they should be tried. The answer is recorded.
 *
 * Stands on `wasi:sockets/ip-name-lookup.resolve-addresses`.
 *
 * @throws SocketError `name-unresolvable`, `temporary-resolver-failure`, `permanent-resolver-failure` and others
 * @example
 * ```ts
 * const [address] = await lookup("localhost");
 * ```
 */
export async function lookup(name: string, { signal }: SocketOptions = {}): Promise<string[]> {
  return (await addressesOf(name, signal)).map(formatIp);
}

/** The first address of a name; one that is an address already is not looked up. */
export async function firstAddress(host: string, signal: WaitOptions["signal"]): Promise<IpAddress> {
  const [address] = await addressesOf(host, signal);
  if (address === undefined)
    throw new SocketError("name-unresolvable", `lookup ${host}`, "it has no address");
  return address;
}

async function addressesOf(name: string, signal: WaitOptions["signal"]): Promise<IpAddress[]> {
  const literal = parseIp(name);
  if (literal !== undefined) return [literal];
  const operation = `lookup ${name}`;
  using network = instanceNetwork();
  using stream = socketCall(operation, () => resolveAddresses(network, name));
  const found: IpAddress[] = [];
  for (;;) {
    const address = await settled(operation, () => stream.resolveNextAddress(), {
      subscribe: () => stream.subscribe(),
      signal,
    });
    if (address === undefined) return found;
    found.push(address);
  }
}
