import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { HostContext } from "../../src/interfaces/ports.ts";
import { HostClock } from "../../src/ground/clock/host-clock.ts";
import { HOST_INTERFACES } from "../../src/interfaces/registry.ts";
import { unusedPort } from "./echo-server.ts";
import { poll } from "../../src/interfaces/wasi/poll.ts";
import { loopback, SOCKET_WIT, SocketGuest } from "./socket-guest.ts";

let guest: SocketGuest;

beforeEach(() => {
  guest = new SocketGuest();
});

afterEach(() => guest[Symbol.dispose]());

const tcp = (method: string, socket: unknown, ...args: readonly unknown[]) =>
  guest.call(`[method]tcp-socket.${method}`, socket, ...args);
const bind = (socket: object, address = loopback(0)) => guest.finish("tcp", socket, "bind", address);
const connect = (socket: object, address = loopback(0)) => guest.finish("tcp", socket, "connect", address);

/** A connection that is reset at once may fail while it is made or when it is first read. */
async function connectAndRead(socket: object, address: ReturnType<typeof loopback>): Promise<unknown> {
  const connected = await connect(socket, address);
  return Array.isArray(connected) ? guest.read(connected[0]) : connected;
}

test.each(SOCKET_WIT)("every function of $id is there", ({ id, functions }) => {
  const table = HOST_INTERFACES.find(({ name }) => id.startsWith(`${name}@`));
  expect(Object.keys(table?.functions ?? {})).toEqual(expect.arrayContaining([...functions.keys()]));
});

describe("bind", () => {
  test("gives the socket a port", async () => {
    const socket = guest.tcp();
    await bind(socket);
    expect(tcp("local-address", socket)).toMatchObject({
      tag: "ipv4",
      val: { port: expect.any(Number), address: [127, 0, 0, 1] },
    });
  });

  test("takes time", () => {
    const socket = guest.tcp();
    tcp("start-bind", socket, {}, loopback(0));
    expect(tcp("finish-bind", socket)).toBe("failed: would-block");
    expect(tcp("start-bind", socket, {}, loopback(0))).toBe("failed: concurrency-conflict");
  });

  test("works once", async () => {
    const socket = guest.tcp();
    await bind(socket);
    expect(await bind(socket)).toBe("failed: invalid-state");
    expect(tcp("finish-bind", socket)).toBe("failed: not-in-progress");
  });

  test("fails for an address in use, and works with another one then", async () => {
    const [, address] = await guest.listener();
    const socket = guest.tcp();
    expect(await bind(socket, loopback(address.val.port))).toBe("failed: address-in-use");
    expect(await bind(socket)).toBeUndefined();
  });

  test("fails for an address of another machine", async () => {
    const elsewhere = { tag: "ipv4", val: { port: 0, address: [192, 0, 2, 1] } } as const;
    using bold = new SocketGuest(["public"]);
    expect(await bold.finish("tcp", bold.tcp(), "bind", elsewhere)).toBe("failed: address-not-bindable");
  });

  test("fails for an address of the other family", async () => {
    expect(await bind(guest.tcp("ipv6"))).toBe("failed: invalid-argument");
  });

  test("does not accept connections yet", async () => {
    const socket = guest.tcp();
    await bind(socket);
    const client = guest.tcp();
    const { val } = tcp("local-address", socket) as { val: { port: number } };
    expect(await connectAndRead(client, loopback(val.port))).toMatch(/^failed: /);
    expect(tcp("accept", socket)).toBe("failed: invalid-state");
  });
});

describe("connect", () => {
  test("reaches a listener, from the address that was bound", async () => {
    const [listener, address] = await guest.listener();
    const client = guest.tcp();
    await bind(client);
    const local = tcp("local-address", client);
    await connect(client, loopback(address.val.port));
    await guest.block("[method]tcp-socket.subscribe", listener);
    const [accepted] = tcp("accept", listener) as object[];
    expect(tcp("remote-address", accepted)).toEqual(local);
    expect(tcp("remote-address", client)).toEqual(address);
    expect(tcp("local-address", accepted)).toEqual(address);
  });

  test("works over IPv6", async () => {
    const own = { port: 0, flowInfo: 0, address: [0, 0, 0, 0, 0, 0, 0, 1], scopeId: 0 };
    const listener = guest.tcp("ipv6");
    await guest.finish("tcp", listener, "bind", { tag: "ipv6", val: own });
    await guest.finish("tcp", listener, "listen");
    const address = tcp("local-address", listener) as { tag: "ipv6"; val: typeof own };
    expect(address.val).toEqual({ ...own, port: expect.any(Number) });
    const client = guest.tcp("ipv6");
    await guest.finish("tcp", client, "connect", address);
    expect(tcp("remote-address", client)).toEqual(address);
  });

  test("is refused where nobody listens, and the socket is of no use then", async () => {
    const socket = guest.tcp();
    expect(await connect(socket, loopback(await unusedPort()))).toBe("failed: connection-refused");
    expect(await connect(socket, loopback(1))).toBe("failed: invalid-state");
  });

  test("has no address before", () => {
    const socket = guest.tcp();
    expect(tcp("local-address", socket)).toBe("failed: invalid-state");
    expect(tcp("remote-address", socket)).toBe("failed: invalid-state");
    expect(tcp("shutdown", socket, "both")).toBe("failed: invalid-state");
  });

  test.each([
    ["port 0", loopback(0)],
    ["any address", { tag: "ipv4", val: { port: 1, address: [0, 0, 0, 0] } }],
    ["a multicast address", { tag: "ipv4", val: { port: 1, address: [224, 0, 0, 1] } }],
    ["the broadcast address", { tag: "ipv4", val: { port: 1, address: [255, 255, 255, 255] } }],
  ])("has nothing to do with %s", (_, address) => {
    expect(tcp("start-connect", guest.tcp(), {}, address)).toBe("failed: invalid-argument");
  });
});

describe("listen", () => {
  test("needs an address", () => {
    expect(tcp("start-listen", guest.tcp())).toBe("failed: invalid-state");
  });

  test("accepts nobody until somebody comes", async () => {
    const [listener] = await guest.listener();
    expect(tcp("is-listening", listener)).toBe(true);
    expect(tcp("accept", listener)).toBe("failed: would-block");
  });

  test("turns away those beyond the backlog", async () => {
    const [listener, address] = await guest.listener();
    tcp("set-listen-backlog-size", listener, 1n);
    await connect(guest.tcp(), loopback(address.val.port));
    expect(await connectAndRead(guest.tcp(), loopback(address.val.port))).toMatch(/^failed: /);
    expect(tcp("accept", listener)).toHaveLength(3);
    expect(tcp("accept", listener)).toBe("failed: would-block");
  });

  test("passes its options on to what it accepts", async () => {
    const [listener, address] = await guest.listener();
    tcp("set-keep-alive-enabled", listener, true);
    tcp("set-receive-buffer-size", listener, 4_096n);
    await connect(guest.tcp(), loopback(address.val.port));
    await guest.block("[method]tcp-socket.subscribe", listener);
    const [accepted] = tcp("accept", listener) as object[];
    expect(tcp("keep-alive-enabled", accepted)).toBe(true);
    expect(tcp("receive-buffer-size", accepted)).toBe(4_096n);
  });
});

describe("streams", () => {
  test("carry bytes both ways", async () => {
    const [[, input, output], [, otherInput, otherOutput]] = await guest.connection();
    guest.write(output, "there");
    expect(await guest.read(otherInput)).toBe("there");
    guest.write(otherOutput, "and back");
    expect(await guest.read(input)).toBe("and back");
  });

  test("have nothing to read until something arrives", async () => {
    const [[, input]] = await guest.connection();
    expect(guest.call("[method]input-stream.read", input, 10n)).toEqual(new Uint8Array(0));
  });

  test("end when the other side says no more, which may still listen", async () => {
    const [[client, input, output], [, otherInput, otherOutput]] = await guest.connection();
    guest.write(output, "last");
    tcp("shutdown", client, "send");
    expect(await guest.read(otherInput)).toBe("last");
    expect(await guest.read(otherInput)).toBe("failed: closed");
    expect(guest.write(output, "more")).toBe("failed: closed");
    guest.write(otherOutput, "answer");
    expect(await guest.read(input)).toBe("answer");
  });

  test("read nothing more after shutting receiving down", async () => {
    const [[client, input]] = await guest.connection();
    tcp("shutdown", client, "receive");
    expect(await guest.read(input)).toBe("failed: closed");
  });

  test("hold up who writes until the other side reads", async () => {
    const [[, , output], [, otherInput]] = await guest.connection();
    let written = 0;
    for (;;) {
      const room = Number(guest.call("[method]output-stream.check-write", output));
      if (room === 0) break;
      guest.write(output, "x".repeat(room));
      written += room;
      // Lets the system take what it takes.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const flushed = guest.block("[method]output-stream.subscribe", output);
    for (let read = 0; read < written;) read += String(await guest.read(otherInput)).length;
    await flushed;
    expect(guest.call("[method]output-stream.check-write", output)).toBeGreaterThan(0n);
  });

  test("outlive their socket, and close the connection when dropped", async () => {
    const [[client, input, output], [, otherInput]] = await guest.connection();
    guest.call("[resource-drop]tcp-socket", client);
    guest.write(output, "still here");
    expect(await guest.read(otherInput)).toBe("still here");
    guest.call("[resource-drop]output-stream", output);
    guest.call("[resource-drop]input-stream", input);
    expect(await guest.read(otherInput)).toBe("failed: closed");
  });

  test("fail when the instance of the other side is lost", async () => {
    const [listener, address] = await guest.listener();
    const other = new SocketGuest();
    await other.finish("tcp", other.tcp(), "connect", address);
    await guest.block("[method]tcp-socket.subscribe", listener);
    const [, input] = tcp("accept", listener) as object[];
    other[Symbol.dispose]();
    expect(await guest.read(input)).toMatch(/^failed: /);
  });
});

test("a listener that is dropped frees its address", async () => {
  const [listener, address] = await guest.listener();
  guest.call("[resource-drop]tcp-socket", listener);
  expect(await bind(guest.tcp(), loopback(address.val.port))).toBeUndefined();
});

test("a listener ends with its instance", async () => {
  const other = new SocketGuest();
  const [, address] = await other.listener();
  other[Symbol.dispose]();
  expect(await bind(guest.tcp(), loopback(address.val.port))).toBeUndefined();
});

test.each([
  ["keep-alive-enabled", true],
  ["keep-alive-idle-time", 5_000_000_000n],
  ["keep-alive-interval", 2_000_000_000n],
  ["keep-alive-count", 3],
  ["receive-buffer-size", 10_000n],
  ["send-buffer-size", 10_000n],
  ["hop-limit", 64],
])("%s can be set", (option, value) => {
  const socket = guest.tcp();
  expect(tcp(`set-${option}`, socket, value)).toBeUndefined();
  expect(tcp(option, socket)).toBe(value);
});

test.each([
  ["keep-alive-idle-time", 0n],
  ["keep-alive-interval", 0n],
  ["keep-alive-count", 0],
  ["receive-buffer-size", 0n],
  ["send-buffer-size", 0n],
  ["listen-backlog-size", 0n],
  ["hop-limit", 0],
])("%s cannot be %s", (option, value) => {
  expect(tcp(`set-${option}`, guest.tcp(), value)).toBe("failed: invalid-argument");
});

test("the hop limit of TCP cannot be changed", () => {
  expect(tcp("set-hop-limit", guest.tcp(), 5)).toBe("failed: not-supported");
});

describe("a replay that was told before that somebody connected", () => {
  const block = poll.functions["[method]pollable.block"];
  const replayed = (listener: object, now: () => bigint) => {
    if (block === undefined || block.durability === "none") throw new Error("block is journalled");
    const context = {
      workerId: { componentId: "test:talker", workerName: "talker" },
      now,
      clock: new HostClock(new SharedArrayBuffer(8)),
      wait: (promise: Promise<unknown>) => promise,
    } as unknown as HostContext;
    return block.toGuest?.(context, Uint32Array.of(0) as never, tcp("subscribe", listener) as never);
  };

  test("goes on when somebody does again", async () => {
    const [listener, address] = await guest.listener();
    const told = replayed(listener, () => 0n);
    await connect(guest.tcp(), loopback(address.val.port));
    await told;
    expect(tcp("accept", listener)).toHaveLength(3);
  });

  test("fails when nobody does in time", async () => {
    const [listener] = await guest.listener();
    let seconds = 0n;
    const later = () => (seconds += 20n) * 1_000_000_000n;
    await expect(replayed(listener, later)).rejects.toThrow("sockets are not durable");
  });
});
