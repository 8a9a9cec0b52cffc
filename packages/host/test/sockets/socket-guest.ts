import { readdirSync, readFileSync } from "node:fs";

import { compileCheck, parseWit, resolveWit } from "@golem-kit/wit";
import type { HostContext } from "../../src/interfaces/ports.ts";
import { streams } from "../../src/interfaces/wasi/io.ts";
import { poll } from "../../src/interfaces/wasi/poll.ts";
import { tcp, tcpCreateSocket } from "../../src/interfaces/wasi/sockets/tcp.ts";
import { udp, udpCreateSocket } from "../../src/interfaces/wasi/sockets/udp.ts";
import { askingPort } from "../asking-port.ts";
import { NetworkPolicy } from "../../src/ground/network/network-policy.ts";

const WIT = new URL("../../../../wit/deps/", import.meta.url);
const TABLES = [tcpCreateSocket, tcp, udpCreateSocket, udp];
const FUNCTIONS = Object.assign({}, ...[...TABLES, poll, streams].map(({ functions }) => functions));

/** The WIT interfaces of the tables, as components import them. */
export const SOCKET_WIT = socketWit();

const CHECKS: ReadonlyMap<string, (value: unknown) => void> = new Map(
  SOCKET_WIT.flatMap(({ functions }) =>
    [...functions.values()].flatMap(({ name, result }) =>
      result === null ? [] : [[name, compileCheck(result, name)] as const],
    ),
  ),
);

type Address = { readonly tag: "ipv4" | "ipv6"; readonly val: { readonly port: number } };
type Result = { readonly tag: "ok" | "err"; readonly val?: unknown };

/** What stands for the network. */
const NETWORK = {};

export function loopback(port: number): Address & { readonly val: { readonly address: readonly number[] } } {
  return { tag: "ipv4", val: { port, address: [127, 0, 0, 1] } };
}

/** Calls the host functions of wasi:sockets and of streams as a guest does. */
export class SocketGuest implements Disposable {
  readonly #ended = new AbortController();
  readonly #context: HostContext;

  /** @param allow where it may go @default this machine */
  constructor(allow: readonly string[] = ["local"]) {
    this.#context = {
      ...askingPort(),
      ended: this.#ended.signal,
      network: new NetworkPolicy(allow),
      wait: (promise: Promise<unknown>) => promise,
    } as unknown as HostContext;
  }

  /** What a function returns, checked against its WIT type; of a result its value, or `failed: ` and the error code. */
  call(name: string, ...args: readonly unknown[]): unknown {
    const result: unknown = FUNCTIONS[name].run(this.#context, ...args);
    CHECKS.get(name)?.(result);
    return result instanceof Promise ? result.then(valueOf) : valueOf(result);
  }

  tcp(family = "ipv4"): object {
    return this.call("create-tcp-socket", family) as object;
  }

  udp(family = "ipv4"): object {
    return this.call("create-udp-socket", family) as object;
  }

  /** Does both halves of an operation: `bind`, `connect` or `listen`. */
  async finish(kind: "tcp" | "udp", socket: object, operation: string, address?: Address): Promise<unknown> {
    const begun = this.call(
      `[method]${kind}-socket.start-${operation}`,
      socket,
      ...(address === undefined ? [] : [NETWORK, address]),
    );
    if (begun !== undefined) return begun;
    await this.block(`[method]${kind}-socket.subscribe`, socket);
    return this.call(`[method]${kind}-socket.finish-${operation}`, socket);
  }

  /** Waits for what a resource can be subscribed to. */
  async block(subscribe: string, resource: unknown): Promise<void> {
    await this.call("[method]pollable.block", this.call(subscribe, resource));
  }

  /** A socket that listens, with its address. */
  async listener(): Promise<[object, Address]> {
    const socket = this.tcp();
    await this.finish("tcp", socket, "bind", loopback(0));
    await this.finish("tcp", socket, "listen");
    return [socket, this.call("[method]tcp-socket.local-address", socket) as Address];
  }

  /** Both ends of a connection: socket, input and output each. */
  async connection(): Promise<[readonly object[], readonly object[]]> {
    const [listener, address] = await this.listener();
    const client = this.tcp();
    const streamsOfClient = (await this.finish("tcp", client, "connect", address)) as object[];
    await this.block("[method]tcp-socket.subscribe", listener);
    const server = this.call("[method]tcp-socket.accept", listener) as object[];
    return [[client, ...streamsOfClient], server];
  }

  async read(input: unknown): Promise<unknown> {
    const found = await this.call("[method]input-stream.blocking-read", input, 65_536n);
    return found instanceof Uint8Array ? new TextDecoder().decode(found) : found;
  }

  write(output: unknown, text: string): unknown {
    return this.call("[method]output-stream.write", output, new TextEncoder().encode(text));
  }

  /** The instance is lost. */
  [Symbol.dispose](): void {
    this.#ended.abort();
  }
}

function valueOf(result: unknown): unknown {
  if (!isResult(result)) return result;
  const { tag, val } = result;
  if (tag === "ok") return val;
  const code = typeof val === "object" && val !== null && "tag" in val ? val.tag : val;
  return `failed: ${String(code)}`;
}

function isResult(value: unknown): value is Result {
  return (
    typeof value === "object" && value !== null && "tag" in value && ["ok", "err"].includes(String(value.tag))
  );
}

function socketWit() {
  const files = ["sockets", "io", "clocks", "golem-rpc"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, WIT)).map((name) =>
      parseWit(readFileSync(new URL(`${folder}/${name}`, WIT), "utf8"), { file: `${folder}/${name}` }),
    ),
  );
  const model = resolveWit(files);
  return readdirSync(new URL("sockets/", WIT)).flatMap(
    (file) => model.interface(`wasi:sockets/${file.replace(".wit", "")}@0.2.0`) ?? [],
  );
}
