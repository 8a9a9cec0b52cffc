import { networkInterfaces } from "node:os";
import { promisify } from "node:util";

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHost } from "../../src/index.ts";
import { plainAddress } from "../../src/ground/network/ip-range.ts";
import { NetworkPolicy } from "../../src/ground/network/network-policy.ts";

const OWN = Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));

const THIS_MACHINE = [
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "0.1.2.3",
  "169.254.169.254",
  "::",
  "::1",
  "0:0:0:0:0:0:0:1",
  "fe80::1",
  "fe80::1%lo",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "::ffff:0.0.0.0",
  "64:ff9b::127.0.0.1",
  "2002:7f00:1::",
  ...OWN,
];

describe("by default", () => {
  const policy = new NetworkPolicy();

  test.each(THIS_MACHINE)("%s, which is this machine, is out of reach", (address) => {
    expect(policy.permits(address, 80)).toBe(false);
  });

  test.each([
    "93.184.216.34",
    "2606:2800:220:1::1",
    "::ffff:93.184.216.34",
    "128.0.0.1",
    "10.255.255.1",
    "fd00::77",
  ])("%s is within reach", (address) => {
    expect(policy.permits(address, 80)).toBe(true);
  });

  test("no spelling of a loopback address is within reach", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const group = (high: number, low: number): string => ((high << 8) | low).toString(16);
    fc.assert(
      fc.property(byte, byte, byte, fc.constantFrom("", "::", "::ffff:", "64:ff9b::"), (a, b, c, prefix) => {
        const dotted = `${prefix}127.${a}.${b}.${c}`;
        expect(policy.permits(dotted, 80)).toBe(false);
        if (prefix !== "") expect(policy.permits(`${prefix}${group(127, a)}:${group(b, c)}`, 80)).toBe(false);
      }),
    );
  });
});

describe("a line of the list", () => {
  const cases: readonly (readonly [string, string, number, string | undefined, boolean])[] = [
    ["local", "127.0.0.1", 80, undefined, true],
    ["local", OWN[0] ?? "::1", 80, undefined, true],
    ["local", "93.184.216.34", 80, undefined, false],
    ["private", "192.168.0.7", 80, undefined, true],
    ["private", "93.184.216.34", 80, undefined, false],
    ["public", "192.168.0.7", 80, undefined, false],
    ["public", "127.0.0.1", 80, undefined, false],
    ["127.0.0.1", "127.0.0.1", 1, undefined, true],
    ["127.0.0.1", "127.0.0.2", 1, undefined, false],
    ["127.0.0.1", "::ffff:127.0.0.1", 1, undefined, true],
    ["::ffff:127.0.0.1", "127.0.0.1", 1, undefined, true],
    ["127.0.0.1:8080", "127.0.0.1", 8080, undefined, true],
    ["127.0.0.1:8080", "127.0.0.1", 8081, undefined, false],
    ["localhost", "127.0.0.1", 80, "localhost", true],
    ["localhost:3000", "::1", 3000, undefined, true],
    ["localhost:3000", "127.0.0.1", 3001, undefined, false],
    ["::1", "::1", 80, undefined, true],
    ["[::1]:80", "::1", 80, undefined, true],
    ["[::1]:80", "::1", 81, undefined, false],
    ["10.0.0.0/8", "10.1.2.3", 80, undefined, true],
    ["10.0.0.0/8", "11.1.2.3", 80, undefined, false],
    ["10.0.0.0/8:443", "10.1.2.3", 80, undefined, false],
    ["0.0.0.0/0", "127.0.0.1", 80, undefined, true],
    ["0.0.0.0/0", "::1", 80, undefined, false],
    ["fd00::/8", "fd12::1", 80, undefined, true],
    ["api.example.com", "93.184.216.34", 443, "API.example.com", true],
    ["api.example.com", "93.184.216.34", 443, "example.com", false],
    ["api.example.com", "93.184.216.34", 443, undefined, false],
    ["api.example.com", "127.0.0.1", 443, "api.example.com", false],
    ["*.example.com:443", "93.184.216.34", 443, "api.example.com", true],
    ["*.example.com:443", "93.184.216.34", 80, "api.example.com", false],
    ["*.example.com", "93.184.216.34", 443, "example.com", false],
    ["*.example.com", "93.184.216.34", 443, "evilexample.com", false],
    ["bücher.example", "93.184.216.34", 443, "xn--bcher-kva.example", true],
  ];

  test.each(cases)("%s: %s port %i named %s → %s", (line, address, port, name, expected) => {
    expect(new NetworkPolicy([line]).permits(address, port, name)).toBe(expected);
  });

  test.each([
    "",
    "a b",
    "127.0.0.1:0",
    "127.0.0.1:65536",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "[::1",
    "http://a",
    "a..b",
    "*",
    "::1/129",
    "*.*.example.com",
  ])("%j is refused when the host is opened", async (line) => {
    await expect(createHost({ allow: [line] })).rejects.toThrow(
      `Cannot read ${JSON.stringify(line)} as a place that workers may reach: write public, private or local`,
    );
  });
});

test("an empty list permits nothing", () => {
  const policy = new NetworkPolicy([]);
  expect(["127.0.0.1", "93.184.216.34", "10.0.0.1"].filter((address) => policy.permits(address, 80))).toEqual(
    [],
  );
});

describe("a name that leads to this machine", () => {
  const resolve = (allow: readonly string[], name: string, all: boolean): Promise<unknown> =>
    promisify(new NetworkPolicy(allow).lookup(80))(name, { all });

  test.each(["localhost", "LOCALHOST", "127.1", "2130706433", "0x7f.1"])(
    "%s is not resolved",
    async (name) => {
      await expect(resolve(["public", "private"], name, true)).rejects.toThrow(
        `Workers of this host may not reach ${name}, port 80`,
      );
    },
  );

  test("is resolved where this machine is allowed", async () => {
    expect(await resolve(["local"], "localhost", true)).toContainEqual(
      expect.objectContaining({ address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) }),
    );
    expect(await resolve(["127.0.0.1"], "127.1", false)).toBe("127.0.0.1");
  });

  test("is judged with the port that is connected to", async () => {
    await expect(resolve(["localhost:81"], "localhost", true)).rejects.toThrow(
      /may not reach localhost, port 80/,
    );
  });
});

test("an address is written in one way only", () => {
  const spellings = [
    "::ffff:a00:1",
    "::FFFF:10.0.0.1",
    "0:0:0:0:0:ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::5",
  ];
  expect(new Set(spellings.map(plainAddress))).toEqual(new Set(["10.0.0.1"]));
});
