import type { IpAddress, IpAddressFamily, IpSocketAddress } from "wasi:sockets/network@0.2.0";

/**
 * One end of a connection.
 *
 * @example
 * ```ts
 * const cache: SocketAddress = { host: "127.0.0.1", port: 6379 };
 * using connection = await connect(cache);
 * ```
 */
export interface SocketAddress {
  /** An address such as `"127.0.0.1"` or `"::1"`. */
  readonly host: string;
  /** 0 to 65535. */
  readonly port: number;
}

/** The address that a text means, or `undefined` if it is a name. */
export function parseIp(text: string): IpAddress | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

function parseIpv4(text: string): IpAddress | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const [a = 256, b = 256, c = 256, d = 256] = text.split(".").map(Number);
  return Math.max(a, b, c, d) > 255 ? undefined : { tag: "ipv4", val: [a, b, c, d] };
}

function parseIpv6(text: string): IpAddress | undefined {
  if (!/^[\da-f:]*:[\da-f:]*$/i.test(text)) return undefined;
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail = []] = halves;
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 1 ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (groups.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups.map((group) => parseInt(group, 16));
  return { tag: "ipv6", val: [a, b, c, d, e, f, g, h] };
}

/** The longest run of zero groups, of two or more, is left out. */
export function formatIp({ tag, val }: IpAddress): string {
  if (tag === "ipv4") return val.join(".");
  const text = val.map((group) => group.toString(16)).join(":");
  const runs = [...text.matchAll(/\b0(:0)+\b/g)].map(([run]) => run);
  const longest = runs.toSorted((left, right) => right.length - left.length)[0];
  return longest === undefined
    ? text
    : text.replace(longest, ":").replace(/:{2,}/, "::").replace(/^:$/, "::");
}

export function toSocketAddress(address: IpSocketAddress): SocketAddress {
  const { port } = address.val;
  return {
    host: formatIp(
      address.tag === "ipv4"
        ? { tag: "ipv4", val: address.val.address }
        : { tag: "ipv6", val: address.val.address },
    ),
    port,
  };
}

export function fromSocketAddress(ip: IpAddress, port: number): IpSocketAddress {
  return ip.tag === "ipv4"
    ? { tag: "ipv4", val: { port, address: ip.val } }
    : { tag: "ipv6", val: { port, flowInfo: 0, address: ip.val, scopeId: 0 } };
}

export function familyOf({ tag }: IpAddress): IpAddressFamily {
  return tag;
}
