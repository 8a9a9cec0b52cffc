import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("the network, %s:", (half) => {
  test("a request is sent, and its answer read", async ({ guest, outside }) => {
    const answer = await guest(half).call("http", outside.httpAuthority, "/letters?to=ada", "Dear Ada");

    expect(answer).toEqual({ status: 201, body: "POST /letters?to=ada: Dear Ada" });
  });

  test("what a TCP server echoes comes back", async ({ guest, outside }) => {
    expect(await guest(half).call("tcp", outside.tcpPort, "hello")).toBe("hello");
  });

  test("what a UDP server answers comes back", async ({ guest, outside }) => {
    expect(await guest(half).call("udp", outside.udpPort, "hello")).toBe("hello!");
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
    expect(answer).toMatchObject({ status: 201, body: { content } });
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
