import { BlockList, isIPv4 } from "node:net";

/** What kind of place an IP address names, whoever this machine is. */
export type AddressKind = "public" | "private" | "local";

/** This machine itself, and what is only on the same cable: never beyond a router. */
const LOCAL = blockList(["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/128", "::1/128", "fe80::/10"]);

/** The networks of houses and companies. */
const PRIVATE = blockList([
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
  "fec0::/10",
]);

/**
 * The address that packets end up at, written in one way only: IPv4 where IPv6 only wraps it, without zone.
 *
 * @param address of either family
 */
export function plainAddress(address: string): string {
  const [text = ""] = address.split("%");
  if (isIPv4(text)) return text;
  const groups = ipv6Groups(text);
  return embeddedIpv4(groups) ?? groups.map((group) => group.toString(16)).join(":");
}

/** The IPv4 address that an IPv6 address leads to: mapped, compatible, translated (NAT64) or 6to4. */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const [first = 0, second = 0, third = 0] = groups;
  if (first === 0x2002) return dotted(second, third);
  const [fourth, fifth, sixth, high = 0, low = 0] = groups.slice(3);
  if (third !== 0 || fourth !== 0 || fifth !== 0) return undefined;
  if (first === 0x64 && second === 0xff9b && sixth === 0) return dotted(high, low);
  if (first !== 0 || second !== 0) return undefined;
  // The unspecified address and loopback look like compatible ones.
  const isCompatible = sixth === 0 && (high !== 0 || low > 1);
  return sixth === 0xffff || isCompatible ? dotted(high, low) : undefined;
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** @param address as `plainAddress` gives it */
export function kindOf(address: string): AddressKind {
  const family = familyOf(address);
  if (LOCAL.check(address, family)) return "local";
  return PRIVATE.check(address, family) ? "private" : "public";
}

/** @param text an IPv6 address without zone, in any spelling */
export function ipv6Groups(text: string): number[] {
  // A URL has no dotted part left, and its longest run of zeros is the only one that is elided.
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split("::").map(groupsOf);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

export function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix = ""] = range.split("/");
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}
