import { instanceNetwork } from "wasi:sockets/instance-network@0.2.0";
import { resolveAddresses } from "wasi:sockets/ip-name-lookup@0.2.0";
import type { ErrorCode, IpSocketAddress } from "wasi:sockets/network@0.2.0";
import { createTcpSocket } from "wasi:sockets/tcp-create-socket@0.2.0";
import { createUdpSocket } from "wasi:sockets/udp-create-socket@0.2.0";

import { Deadline } from "../io/deadline.ts";
import { payloadOf } from "../io/payload.ts";
import { readAll } from "../io/read-all.ts";

const WOULD_BLOCK: ErrorCode = "would-block";

/** Seconds that another side may take. */
const PATIENCE = 120;

export function tcp(port: number, text: string): string {
  using deadline = new Deadline(PATIENCE);
  using network = instanceNetwork();
  using socket = createTcpSocket("ipv4");
  socket.startConnect(network, loopback(port));
  const [input, output] = settled(socket, deadline, () => socket.finishConnect());
  using incoming = input;
  using outgoing = output;
  outgoing.blockingWriteAndFlush(new TextEncoder().encode(text));
  socket.shutdown("send");
  return readAll(incoming, () => deadline.wait(incoming, "The answer"));
}

export function udp(port: number, text: string): string {
  using deadline = new Deadline(PATIENCE);
  using network = instanceNetwork();
  using socket = createUdpSocket("ipv4");
  socket.startBind(network, loopback(0));
  settled(socket, deadline, () => socket.finishBind());
  const [input, output] = socket.stream(loopback(port));
  using incoming = input;
  using outgoing = output;
  outgoing.checkSend();
  outgoing.send([{ data: new TextEncoder().encode(text) }]);
  deadline.wait(incoming, "The answer");
  const [datagram] = incoming.receive(1n);
  if (datagram === undefined) throw new Error("No datagram has come");
  return new TextDecoder().decode(datagram.data);
}

export function lookup(name: string): string[] {
  using deadline = new Deadline(PATIENCE);
  using network = instanceNetwork();
  using addresses = resolveAddresses(network, name);
  const found: string[] = [];
  for (;;) {
    const address = settled(addresses, deadline, () => addresses.resolveNextAddress());
    if (address === undefined) return found;
    found.push(
      address.tag === "ipv4" ? address.val.join(".") : address.val.map((part) => part.toString(16)).join(":"),
    );
  }
}

function loopback(port: number): IpSocketAddress {
  return { tag: "ipv4", val: { port, address: [127, 0, 0, 1] } };
}

/** The result of an operation that says `would-block` until it has one. */
function settled<T>(waitable: Parameters<Deadline["wait"]>[0], deadline: Deadline, operation: () => T): T {
  for (;;) {
    try {
      return operation();
    } catch (thrown) {
      if (payloadOf(thrown) !== WOULD_BLOCK) throw thrown;
      deadline.wait(waitable, "The network's part");
    }
  }
}
