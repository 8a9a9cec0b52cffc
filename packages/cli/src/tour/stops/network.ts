import type { Stop } from "../stop.ts";

export const http: Stop = {
  title: "wasi:http",
  shows: "A request to a server, which was started for the tour",
  async play(guest, { outside }) {
    const answer = await guest.call("http", outside.httpAuthority, "/letters", "Dear Ada");
    guest.check("the answer", answer, { status: 201, body: "POST /letters: Dear Ada" });
  },
};

export const incomingHandler: Stop = {
  title: "wasi:http/incoming-handler",
  shows: "A request that the worker answers; Golem's gateway passes it on in this form",
  async play(guest) {
    const answer = await guest.request("POST", `/${guest.half}/letters`, "Dear Ada");
    guest.check("the answer", answer, { status: 201, body: `POST /${guest.half}/letters: Dear Ada` });
  },
};

export const sockets: Stop = {
  title: "wasi:sockets",
  shows: "A TCP connection, a datagram, and a name that is looked up",
  failsOnGolem: "TCP and UDP are denied there: speak HTTP",
  async play(guest, { outside }) {
    guest.check("the echo", await guest.call("tcp", outside.tcpPort, "hello"), "hello");
    guest.check("the answer", await guest.call("udp", outside.udpPort, "hello"), "hello!");
    const addresses = (await guest.call("lookup", "localhost")) as readonly string[];
    guest.check("there is an address", addresses.length > 0, true);
  },
};
