import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

import { type AddressKind, familyOf, plainAddress } from "./ip-range.ts";

/** Where a guest wants to go. */
export interface Destination {
  /** As `plainAddress` gives it. */
  readonly address: string;
  readonly kind: AddressKind;
  readonly port: number;
  /** How the guest named it, if it did: in lower case. */
  readonly name: string | undefined;
}

/** One line of an allow-list. */
export type NetworkRule = (destination: Destination) => boolean;

const KINDS: readonly string[] = ["public", "private", "local"] satisfies AddressKind[];

/** A host and perhaps a port: `[::1]:80`, `10.0.0.0/8`, `*.example.com:443`. */
const RULE =
  /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+)|(?<ipv6>[^[\]]*:[^[\]]*:[^[\]]*))(?::(?<port>\d{1,5}))?$/;

const NAME = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;

/**
 * Reads one line of an allow-list.
 *
 * @throws NetworkRuleError
 */
export function parseNetworkRule(text: string): NetworkRule {
  if (KINDS.includes(text)) return ({ kind }) => kind === text;
  const { bracketed, plain, ipv6, port: portText } = RULE.exec(text)?.groups ?? {};
  const host = (bracketed ?? plain ?? ipv6)?.toLowerCase();
  const port = portText === undefined ? undefined : Number(portText);
  if (host === undefined || (port !== undefined && (port === 0 || port > 65_535))) throw unreadable(text);
  const matchesHost = host === "localhost" ? loopback() : (addressRule(host, text) ?? nameRule(host, text));
  return (destination) => (port === undefined || destination.port === port) && matchesHost(destination);
}

function loopback(): NetworkRule {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  return ({ address }) => list.check(address, familyOf(address));
}

/** @returns `undefined` if this is no address */
function addressRule(host: string, text: string): NetworkRule | undefined {
  const [address = "", prefixText, ...more] = host.split("/");
  if (isIP(address) === 0) return undefined;
  const plain = prefixText === undefined ? plainAddress(address) : address;
  const family = familyOf(plain);
  const longest = family === "ipv4" ? 32 : 128;
  const prefix = prefixText === undefined ? longest : Number(prefixText);
  if (more.length > 0 || prefixText === "" || !(Number.isInteger(prefix) && prefix >= 0 && prefix <= longest))
    throw unreadable(text);
  const list = new BlockList();
  list.addSubnet(plain, prefix, family);
  return (destination) => familyOf(destination.address) === family && list.check(destination.address, family);
}

/** What a name leads to is up to whoever owns it: never to this machine. */
function nameRule(host: string, text: string): NetworkRule {
  const name = host.startsWith("*.") ? `*.${domainToASCII(host.slice(2))}` : domainToASCII(host);
  if (!NAME.test(name)) throw unreadable(text);
  const isNamed = name.startsWith("*.")
    ? (given: string) => given.endsWith(name.slice(1))
    : (given: string) => given === name;
  return (destination) =>
    destination.kind !== "local" && destination.name !== undefined && isNamed(destination.name);
}

/** A line of an allow-list that cannot be read; the message says what a line may be. */
export class NetworkRuleError extends Error {
  override readonly name = "NetworkRuleError" as const;
}

function unreadable(text: string): NetworkRuleError {
  return new NetworkRuleError(
    `Cannot read ${JSON.stringify(text)} as a place that workers may reach: ` +
      `write public, private or local, a name (api.example.com, *.example.com), an address (127.0.0.1) or a range (10.0.0.0/8), each but the first three with a port if need be (localhost:3000, [::1]:80)`,
  );
}
