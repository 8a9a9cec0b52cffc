import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

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

/** Where a guest wants a socket to be. @throws SocketError `invalid-argument` for what is no address of a socket */
export function localEndpoint(address: SocketAddress, family: Family): Endpoint {
  assertUnicast(address, family);
  return endpointOf(address);
}

/**
 * What a guest wants to reach: connections and datagrams go nowhere that did not pass here.
 *
 * @throws SocketError `invalid-argument` for what cannot be reached by a socket of this family
 */
export function remoteEndpoint(address: SocketAddress, family: Family): Endpoint {
  assertUnicast(address, family);
  if (address.val.port === 0 || address.val.address.every((part) => part === 0))
    throw new SocketError("invalid-argument");
  return endpointOf(address);
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

function ipv6Groups(text: string): number[] {
  // A URL has no dotted part left, and its longest run of zeros is the only one that is elided.
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split("::").map(groupsOf);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
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
