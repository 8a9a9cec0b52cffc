import { afterEach, beforeEach, expect, test } from "vitest";

import { loopback, SocketGuest } from "./socket-guest.ts";

let guest: SocketGuest;

beforeEach(() => {
  guest = new SocketGuest();
});

afterEach(() => guest[Symbol.dispose]());

const udp = (method: string, socket: unknown, ...args: readonly unknown[]) =>
  guest.call(`[method]udp-socket.${method}`, socket, ...args);
const send = (outgoing: unknown, ...datagrams: readonly object[]) =>
  guest.call("[method]outgoing-datagram-stream.send", outgoing, datagrams);
const data = (text: string) => new TextEncoder().encode(text);

async function bound(): Promise<[object, ReturnType<typeof loopback>]> {
  const socket = guest.udp();
  await guest.finish("udp", socket, "bind", loopback(0));
  return [socket, udp("local-address", socket) as ReturnType<typeof loopback>];
}

const streams = (socket: object, remote?: object) => udp("stream", socket, remote) as [object, object];

async function receive(incoming: unknown): Promise<unknown> {
  await guest.block("[method]incoming-datagram-stream.subscribe", incoming);
  return guest.call("[method]incoming-datagram-stream.receive", incoming, 1n);
}

test("datagrams arrive with the address they come from", async () => {
  const [sender, from] = await bound();
  const [receiver, to] = await bound();
  const [incoming] = streams(receiver);
  const [, outgoing] = streams(sender);
  expect(send(outgoing, { data: data("hello"), remoteAddress: to })).toBe(1n);
  expect(await receive(incoming)).toEqual([{ data: data("hello"), remoteAddress: from }]);
});

test("a stream with a remote address needs none for each datagram, and takes no other", async () => {
  const [sender, from] = await bound();
  const [receiver, to] = await bound();
  const [incoming] = streams(receiver, from);
  const [, outgoing] = streams(sender, to);
  expect(udp("remote-address", sender)).toEqual(to);
  expect(send(outgoing, { data: data("hello") })).toBe(1n);
  expect(await receive(incoming)).toHaveLength(1);
  expect(send(outgoing, { data: data("hello"), remoteAddress: from })).toBe("failed: invalid-argument");
});

test("a stream with a remote address does not see what others send", async () => {
  const [friend, from] = await bound();
  const [stranger] = await bound();
  const [receiver, to] = await bound();
  const [incoming] = streams(receiver, from);
  send(streams(stranger, to)[1], { data: data("stranger") });
  send(streams(friend, to)[1], { data: data("friend") });
  expect(await receive(incoming)).toMatchObject([{ data: data("friend") }]);
});

test("datagrams without any address are not sent", async () => {
  const [socket] = await bound();
  expect(send(streams(socket)[1], { data: data("hello") })).toBe("failed: invalid-argument");
});

test("a datagram that is too large stops those after it", async () => {
  const [socket, own] = await bound();
  const [, outgoing] = streams(socket, own);
  const huge = { data: new Uint8Array(65_508) };
  expect(send(outgoing, huge)).toBe("failed: datagram-too-large");
  expect(send(outgoing, { data: data("fits") }, huge, { data: data("never") })).toBe(1n);
});

test("what is underway counts against what may be sent, until it is", async () => {
  const [socket, own] = await bound();
  const [, outgoing] = streams(socket, own);
  const room = guest.call("[method]outgoing-datagram-stream.check-send", outgoing) as bigint;
  const all = Array.from({ length: Number(room) }, () => ({ data: data("x") }));
  expect(send(outgoing, ...all)).toBe(room);
  expect(guest.call("[method]outgoing-datagram-stream.check-send", outgoing)).toBe(0n);
  await guest.block("[method]outgoing-datagram-stream.subscribe", outgoing);
  expect(guest.call("[method]outgoing-datagram-stream.check-send", outgoing)).toBeGreaterThan(0n);
});

test("sending more than was allowed is a mistake that traps", async () => {
  const [socket, own] = await bound();
  const [, outgoing] = streams(socket, own);
  const many = Array.from({ length: 17 }, () => ({ data: data("x") }));
  expect(() => send(outgoing, ...many)).toThrow("17 datagrams");
});

test("new streams end the earlier ones", async () => {
  const [socket, own] = await bound();
  const [, outgoing] = streams(socket, own);
  streams(socket);
  expect(send(outgoing, { data: data("x") })).toBe("failed: invalid-state");
  expect(udp("remote-address", socket)).toBe("failed: invalid-state");
});

test("nothing works before binding", () => {
  const socket = guest.udp();
  expect(udp("stream", socket, undefined)).toBe("failed: invalid-state");
  expect(udp("local-address", socket)).toBe("failed: invalid-state");
  expect(udp("finish-bind", socket)).toBe("failed: not-in-progress");
});

test("an address in use cannot be bound, another one then can", async () => {
  const [, taken] = await bound();
  const socket = guest.udp();
  expect(await guest.finish("udp", socket, "bind", taken)).toBe("failed: address-in-use");
  expect(await guest.finish("udp", socket, "bind", loopback(0))).toBeUndefined();
});

test("a socket that is dropped frees its address", async () => {
  const [socket, own] = await bound();
  guest.call("[resource-drop]udp-socket", socket);
  expect(await guest.finish("udp", guest.udp(), "bind", own)).toBeUndefined();
});

test.each([
  ["unicast-hop-limit", 5, 0],
  ["receive-buffer-size", 10_000n, 0n],
  ["send-buffer-size", 10_000n, 0n],
])("%s can be set, before and after binding", async (option, value, invalid) => {
  const socket = guest.udp();
  expect(udp(`set-${option}`, socket, value)).toBeUndefined();
  await guest.finish("udp", socket, "bind", loopback(0));
  expect(udp(`set-${option}`, socket, value)).toBeUndefined();
  expect(udp(option, socket)).toBe(value);
  expect(udp(`set-${option}`, socket, invalid)).toBe("failed: invalid-argument");
});
