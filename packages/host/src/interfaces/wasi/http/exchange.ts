import type { ClientRequest, ClientRequestArgs, IncomingMessage } from "node:http";
import { isIP, Socket } from "node:net";

import { workerIdText } from "../../../ground/api/worker-id.ts";
import { ForbiddenError, type NetworkPolicy } from "../../../ground/network/network-policy.ts";
import type { HostClock } from "../../../ground/clock/host-clock.ts";
import { StreamError } from "../streams.ts";
import { Changes } from "../changes.ts";
import { connectionFailure } from "./connection-failure.ts";
import { type ErrorCode, HttpStreamError } from "./error-code.ts";
import { type Fields, receivedFields, type RecordedFields } from "./fields.ts";
import {
  methodName,
  originOf,
  type OutgoingRequest,
  type RequestOptions,
  type Target,
} from "./outgoing-request.ts";
import type { HttpPorts } from "./http-ports.ts";

/** Milliseconds that each phase of an exchange may take if the guest does not say. */
const DEFAULT_TIMEOUT = 600_000;

export interface ResponseHead {
  readonly status: number;
  readonly headers: RecordedFields;
}

/**
 * One request on the wire and its response, over a connection of its own. Nothing is buffered beyond Node's own
 * windows: a body that is not read, in either direction, holds the other side up.
 */
export class Exchange {
  readonly #request: ClientRequest;
  readonly #options: RequestOptions | undefined;
  #response: IncomingMessage | undefined;
  #failure: ErrorCode | undefined;
  #skips = false;
  #cancelTimer: (() => void) | undefined;
  readonly #clock: HostClock;
  readonly #worker: string;
  readonly #changes = new Changes();

  /**
   * Sends the request.
   *
   * @param surroundings where it may go; `ended` gives the connection up
   */
  constructor(
    message: OutgoingRequest,
    target: Target,
    options: RequestOptions | undefined,
    { network, clock, ended, workerId }: HttpPorts,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#worker = workerIdText(workerId);
    const route = network.routes.get(originOf(target));
    const { secure, host, port } = route ?? target;
    // An import would load Node's fetch as well, in every shard: a fifth of what the start of one takes.
    const send = process.getBuiltinModule(secure ? "node:https" : "node:http").request;
    this.#request = send({
      agent: false,
      host,
      port,
      path: target.path,
      ...(route === undefined ? connectionWithin(network, target) : {}),
      method: methodName(message.method),
      headers: {
        ...(route === undefined ? {} : { host: target.authority }),
        ...linesByName(message.headers),
      },
      signal: ended,
    });
    this.#request
      .on("error", (error) => this.#fail(connectionFailure(error)))
      .on("response", (response) => this.#receive(response))
      .on("upgrade", (_, socket) => {
        socket.destroy();
        this.#fail({ tag: "HTTP-upgrade-failed" });
      });
    this.#watchConnection(secure);
    this.#sendBody(message);
  }

  /** What came back, as soon as it did. */
  get head(): ResponseHead | undefined {
    const response = this.#response;
    if (response === undefined) return undefined;
    return { status: response.statusCode ?? 0, headers: receivedFields(response.rawHeaders) };
  }

  get failure(): ErrorCode | undefined {
    return this.#failure;
  }

  /** True if `read` gives something, the end and a failure included. */
  get readable(): boolean {
    return this.#failure !== undefined || (this.#response?.readableLength ?? 0) > 0 || this.ended;
  }

  /** True if all of the body was read; the trailers are there. At once after the last byte, if that is known to be the last. */
  get ended(): boolean {
    const response = this.#response;
    if (response === undefined) return false;
    return response.readableEnded || (response.complete && response.readableLength === 0);
  }

  get trailers(): RecordedFields {
    return receivedFields(this.#response?.rawTrailers ?? []);
  }

  /** Resolves when something happened: head, bytes, the end or a failure. */
  change(): Promise<void> {
    return this.#changes.next();
  }

  /** At most `length` bytes of the body; none if none are there yet. @throws StreamError at the end */
  read(length: number): Uint8Array {
    const response = this.#response;
    const available = Math.min(length, response?.readableLength ?? 0);
    if (response !== undefined && available > 0) {
      const bytes: Uint8Array = response.read(available);
      if (response.readableLength === 0) {
        // Brings the end about, if this was all.
        response.read(0);
        this.#awaitBytes();
      }
      return new Uint8Array(bytes);
    }
    if (this.#failure !== undefined) throw new HttpStreamError(this.#failure);
    if (this.ended) throw new StreamError("The body has ended", true);
    return new Uint8Array(0);
  }

  /** The rest of the body is not wanted, only what comes after it. */
  skipRest(): void {
    this.#skips = true;
    this.#response?.read();
  }

  /** Nobody will look at it any more. */
  close(): void {
    this.#disarm();
    this.#request.destroy();
  }

  #watchConnection(secure: boolean): void {
    this.#arm(this.#options?.connectTimeout, "connection-timeout");
    this.#request.once("socket", (socket) => {
      socket.once(secure ? "secureConnect" : "connect", () =>
        this.#arm(this.#options?.firstByteTimeout, "connection-read-timeout"),
      );
    });
  }

  #sendBody({ body }: OutgoingRequest): void {
    const request = this.#request;
    if (body === undefined) {
      request.end();
      return;
    }
    const { content } = body;
    // Without a length the body has to be sent in chunks, also where Node expects none.
    content.once("data", () => {
      if (!request.headersSent && !request.hasHeader("content-length"))
        request.useChunkedEncodingByDefault = true;
    });
    content.pipe(request, { end: false });
    content.once("end", () => {
      if (body.trailers !== undefined) request.addTrailers(lines(body.trailers));
      request.end();
    });
    content.once("close", () => {
      if (content.readableEnded) return;
      this.#fail({ tag: "HTTP-protocol-error" });
      request.destroy();
    });
    // An answer may come before the body was read; the program goes on writing all the same.
    request.once("close", () => body.discard());
    if (content.destroyed) content.emit("close");
    // The other side may answer before the body is there.
    else if (request.useChunkedEncodingByDefault) request.flushHeaders();
  }

  #receive(response: IncomingMessage): void {
    this.#response = response;
    this.#disarm();
    response
      .on("readable", () => {
        // At the end there is nothing to read, and reading it brings the end about.
        if (this.#skips) response.read();
        else if (response.readableLength === 0) response.read(0);
        else this.#disarm();
        this.#changes.notify();
      })
      .on("end", () => {
        this.#disarm();
        this.#changes.notify();
      })
      .on("error", () => this.#fail({ tag: "HTTP-response-incomplete" }));
    this.#awaitBytes();
    this.#changes.notify();
  }

  #awaitBytes(): void {
    if (!this.ended) this.#arm(this.#options?.betweenBytesTimeout, "connection-read-timeout");
  }

  /** @param limit nanoseconds */
  #arm(limit: bigint | undefined, tag: ErrorCode["tag"]): void {
    this.#disarm();
    const milliseconds = limit === undefined ? DEFAULT_TIMEOUT : Math.ceil(Number(limit) / 1_000_000);
    const expire = (): void => {
      this.#fail({ tag });
      this.#request.destroy();
    };
    this.#cancelTimer = this.#clock.timer(this.#clock.now() + milliseconds, expire, this.#worker);
  }

  #disarm(): void {
    this.#cancelTimer?.();
  }

  #fail(code: ErrorCode): void {
    this.#disarm();
    this.#failure ??= code;
    this.#changes.notify();
  }
}

/** Names are judged when they are resolved; addresses, which Node does not resolve, before. */
function connectionWithin(network: NetworkPolicy, { host, port }: Target): ClientRequestArgs {
  if (isIP(host) === 0) return { lookup: network.lookup(port) };
  if (network.permits(host, port)) return {};
  return { agent: undefined, createConnection: () => new Socket().destroy(new ForbiddenError(host, port)) };
}

/** The lines one by one, in the bytes that the guest gave. */
function lines(fields: Fields): [string, string][] {
  return fields.recorded.map(([name, value]) => [name, value]);
}

function linesByName(fields: Fields): Record<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of lines(fields)) byName.set(name, [...(byName.get(name) ?? []), value]);
  return Object.fromEntries(byName);
}
