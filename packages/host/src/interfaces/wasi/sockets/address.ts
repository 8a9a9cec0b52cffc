import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

import { ipv6Groups } from "../../../ground/network/ip-range.ts";
import type { NetworkPolicy } from "../../../ground/network/network-policy.ts";
import { SocketError } from "./error-code.ts";

/** wasi:sockets/network.ip-address-family. */
export type Family = "ipv4" | "ipv6";

/** wasi:sockets/network.ip-address. */
export interface IpAddress {
  readonly tag: Family;
  readonly val: readonly number[];
}

/** wasi:sockets/network.ip-socket-address. */
export type SocketAddress =
  | { readonly tag: "ipv4"; readonly val: Ipv4SocketAddress }
  | { readonly tag: "ipv6"; readonly val: Ipv6SocketAddress };

interface Ipv4SocketAddress {
  readonly port: number;
  readonly address: readonly number[];
}

interface Ipv6SocketAddress extends Ipv4SocketAddress {
  readonly flowInfo: number;
  readonly scopeId: number;
}

/** An address as Node's sockets take it. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** @param text an IPv4 or IPv6 address without a zone */
export function ipAddressOf(text: string): IpAddress {
  return isIPv4(text)
    ? { tag: "ipv4", val: text.split(".").map(Number) }
    : { tag: "ipv6", val: ipv6Groups(text) };
}

export function socketAddressOf({ address, port }: Endpoint): SocketAddress {
  const [text = "", zone] = address.split("%");
  const { tag, val } = ipAddressOf(text);
  if (tag === "ipv4") return { tag, val: { port, address: val } };
  return { tag, val: { port, flowInfo: 0, address: val, scopeId: zone === undefined ? 0 : scopeOf(zone) } };
}

/**
 * Where a guest wants a socket to be. Any free port will do for one that connects: whether it may listen there is judged
 * by `assertPermitted`.
 *
 * @throws SocketError `invalid-argument` for what is no address of a socket, `access-denied`
 */
export function localEndpoint(address: SocketAddress, family: Family, policy: NetworkPolicy): Endpoint {
  assertUnicast(address, family);
  const endpoint = endpointOf(address);
  if (endpoint.port !== 0 || !isUnspecified(address)) assertPermitted(endpoint, policy);
  return endpoint;
}

/**
 * What a guest wants to reach: connections and datagrams go nowhere that did not pass here.
 *
 * @throws SocketError `invalid-argument` for what cannot be reached by a socket of this family, `access-denied`
 */
export function remoteEndpoint(address: SocketAddress, family: Family, policy: NetworkPolicy): Endpoint {
  assertUnicast(address, family);
  if (address.val.port === 0 || isUnspecified(address)) throw new SocketError("invalid-argument");
  const endpoint = endpointOf(address);
  assertPermitted(endpoint, policy);
  return endpoint;
}

/** @throws SocketError `access-denied` */
export function assertPermitted({ address, port }: Endpoint, policy: NetworkPolicy): void {
  if (!policy.permitsSocket(address, port)) throw new SocketError("access-denied");
}

function isUnspecified({ val: { address } }: SocketAddress): boolean {
  return address.every((part) => part === 0);
}

function assertUnicast({ tag, val: { address } }: SocketAddress, family: Family): void {
  const [first = 0] = address;
  const isMulticast = tag === "ipv4" ? first >= 224 && first < 240 : first >= 0xff00;
  const isBroadcast = tag === "ipv4" && address.every((part) => part === 255);
  const isMappedIpv4 =
    tag === "ipv6" && address[5] === 0xffff && address.slice(0, 5).every((part) => part === 0);
  if (tag !== family || isMulticast || isBroadcast || isMappedIpv4) throw new SocketError("invalid-argument");
}

function endpointOf({ tag, val }: SocketAddress): Endpoint {
  if (tag === "ipv4") return { address: val.address.join("."), port: val.port };
  const address = val.address.map((group) => group.toString(16)).join(":");
  return { address: val.scopeId === 0 ? address : `${address}%${zoneOf(val.scopeId)}`, port: val.port };
}

/** Number of a network interface, by its name. */
function scopeOf(zone: string): number {
  return networkInterfaces()[zone]?.find(({ family }) => family === "IPv6")?.scopeid ?? 0;
}

/** @throws SocketError `invalid-argument` if no network interface has this number */
function zoneOf(scopeId: number): string {
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    if (addresses.some(({ scopeid }) => scopeid === scopeId)) return name;
  }
  throw new SocketError("invalid-argument");
}
