import type { Stop } from "../stop.ts";

export const http: Stop = {
  title: "wasi:http",
  shows: "A request to a server, which was started for the tour",
  functions: ["http"],
  async play(guest, { outside }) {
    const answer = await guest.call("http", outside.httpAuthority, "/letters", "Dear Ada");
    guest.check("the answer", answer, { status: 201, body: "POST /letters: Dear Ada" });
  },
};

export const sockets: Stop = {
  title: "wasi:sockets",
  shows: "A TCP connection, a datagram, and a name that is looked up",
  functions: ["tcp", "udp", "lookup"],
  async play(guest, { outside }) {
    guest.check("the echo", await guest.call("tcp", outside.tcpPort, "hello"), "hello");
    guest.check("the answer", await guest.call("udp", outside.udpPort, "hello"), "hello!");
    const addresses = (await guest.call("lookup", "localhost")) as readonly string[];
    guest.check("there is an address", addresses.length > 0, true);
  },
};
