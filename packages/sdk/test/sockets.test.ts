import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { formatIp, parseIp } from "../src/sockets/address.ts";
import { type Lab, openLab } from "./lab.ts";
import { Origin } from "./origin.ts";

const BUILD_TIMEOUT = 180_000;

describe("addresses", () => {
  test.each(["127.0.0.1", "::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:0:2::3"])("%s", (text) => {
    const ip = parseIp(text);
    expect(ip && formatIp(ip)).toBe(text);
  });

  test.each(["localhost", "1.2.3", "1.2.3.256", "1:2", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9"])(
    "%s is none",
    (text) => expect(parseIp(text)).toBeUndefined(),
  );
});

describe("in a component", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  }, BUILD_TIMEOUT);
  afterAll(() => lab[Symbol.asyncDispose]());

  test("TCP connections are made and accepted, and have settings", async () => {
    expect(await lab.wait("tcp", "talk")).toEqual({
      heard: ["one", "two"],
      answers: ["you said one", "you said two"],
      keepAlive: true,
      keepAliveCount: 3,
      addresses: [true, "127.0.0.1"],
    });
  });

  test("closing ends what waits", async () => {
    expect(await lab.wait("closing", "closing")).toEqual([
      "SocketError closed",
      "SocketError closed",
      "SocketError closed",
      [],
    ]);
  });

  test("what fails has the platform's code, or the caller's reason", async () => {
    const gone = await Origin.open();
    await gone[Symbol.asyncDispose]();
    expect(await lab.wait("failing", "socketFailures", gone.tcpPort)).toEqual([
      "SocketError connection-refused",
      "SocketError address-in-use",
      "SocketError name-unresolvable",
      "TimeoutError: TimeoutError",
      "SocketError invalid-argument",
    ]);
  });

  test("numbers that the platform cannot take are refused, and not cut to size", async () => {
    const none = (value: string, largest: number | string): unknown =>
      expect.stringMatching(new RegExp(`failed: ${value} is no whole number from 0 to ${largest}$`));
    expect(await lab.wait("unsuited", "unsuited")).toEqual([
      none("\\d+", 65_535),
      none("-1", 65_535),
      none("0.5", 65_535),
      none("70000", 65_535),
      none("70000", 65_535),
      none("-1", Number.MAX_SAFE_INTEGER),
      none("-1", 4_294_967_295),
      none("256", 255),
      none("-1", Number.MAX_SAFE_INTEGER),
      none("257", 255),
    ]);
  });

  test("what is asked of a closed socket fails, and leaves the worker as it is", async () => {
    const codes = await lab.wait("afterwards", "afterwards");
    expect(codes).toEqual(Array.from({ length: 11 }).fill("SocketError closed"));
  });

  test("datagrams are sent and received", async () => {
    expect(await lab.wait("udp", "datagrams")).toEqual([
      "you said ping",
      true,
      7,
      "127.0.0.1",
      "SocketError closed",
    ]);
  });

  test("names are looked up, addresses are not", async () => {
    expect(await lab.wait("names", "names")).toEqual([true, ["127.0.0.1"], ["2001:db8::1"]]);
  });

  test.each(["talk", "closing", "unsuited", "afterwards", "datagrams", "names"])(
    "%s leaves no handle behind",
    async (scenario) => {
      const workerName = `${scenario}-handles`;
      await lab.wait(workerName, scenario);
      expect(await lab.host.workers.handles({ componentId: lab.componentId, workerName })).toEqual({});
    },
  );
});
