import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

/** Ports on 127.0.0.1 where all is taken, and nothing answered. */
interface Silence extends AsyncDisposable {
  readonly tcp: number;
  readonly udp: number;
  /** Resolves when something has come to both. */
  readonly addressed: Promise<unknown>;
}

async function openSilence(): Promise<Silence> {
  const tcp = createServer((socket) => socket.on("error", () => socket.destroy()).unref());
  const udp = createSocket("udp4");
  const addressed = Promise.all([once(tcp, "connection"), once(udp, "message")]);
  udp.bind(0, "127.0.0.1");
  tcp.listen(0, "127.0.0.1");
  await Promise.all([once(tcp, "listening"), once(udp, "listening")]);
  return {
    tcp: (tcp.address() as AddressInfo).port,
    udp: udp.address().port,
    addressed,
    async [Symbol.asyncDispose]() {
      tcp.close();
      udp.close();
    },
  };
}

describe.for(halves)("the network, %s:", (half) => {
  test("a request is sent, and its answer read", async ({ guest, neighbours }) => {
    const answer = await guest(half).call("http", neighbours.httpAuthority, "/letters?to=ada", "Dear Ada");

    expect(answer).toEqual({ status: 201, body: "POST /letters?to=ada: Dear Ada" });
  });

  test("what a TCP server echoes comes back", async ({ guest, neighbours }) => {
    expect(await guest(half).call("tcp", neighbours.tcpPort, "hello")).toBe("hello");
  });

  test("what a UDP server answers comes back", async ({ guest, neighbours }) => {
    expect(await guest(half).call("udp", neighbours.udpPort, "hello")).toBe("hello!");
  });

  test("a server that says nothing is not waited for longer than 2 min", async ({ guest, clock }) => {
    await using silence = await openSilence();
    const [caller, sender] = [guest(half), guest(half)];
    const ends = Promise.allSettled([
      caller.call("tcp", silence.tcp, "hello"),
      sender.call("udp", silence.udp, "hello"),
    ]);
    await silence.addressed;
    await clock.runUntilIdle();

    const reason = half === "raw" ? "The answer has not come within 120 s" : "There is no result after 120 s";
    const failed = { status: "rejected", reason: { message: expect.stringContaining(reason) } };
    expect(await ends).toMatchObject([failed, failed]);
  });

  test("a request to the worker is answered", async ({ guest }) => {
    const { worker } = guest(half);
    const request = {
      method: { tag: "POST" },
      scheme: { tag: "HTTP" },
      authority: "tour.example",
      pathAndQuery: `/${half}/letters?to=ada`,
      headers: [],
      bodyAndTrailers: { content: new TextEncoder().encode("Dear Ada") },
    };
    const answer = await worker.invoke("golem:http/incoming-handler.{handle}", request);

    const content = new TextEncoder().encode(`POST /${half}/letters?to=ada: Dear Ada`);
    expect(answer).toMatchObject({ status: 201, bodyAndTrailers: { content } });
  });

  test("a name is looked up", async ({ guest }) => {
    const addresses = (await guest(half).call("lookup", "localhost")) as readonly string[];

    expect(
      addresses.some(
        (address) => address === "127.0.0.1" || address === "::1" || address === "0:0:0:0:0:0:0:1",
      ),
    ).toBe(true);
  });
});
