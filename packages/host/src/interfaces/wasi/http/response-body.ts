import { type DurableFunction, type DurableParts, writeRemoteBatched } from "../../host-interface.ts";
import { bytes, option, result, u64, variant } from "../../../ground/wit/wit-types.ts";
import { noteAnswer } from "../note-answer.ts";
import type { Pollable } from "../pollable.ts";
import { type InputStream, type JournalledReads, readSize, StreamError } from "../streams.ts";
import {
  errorCodeOfRecorded,
  HttpStreamError,
  RECORDED_ERROR_CODE,
  recordedErrorCode,
  type RecordedErrorCode,
} from "./error-code.ts";
import { Fields, RECORDED_FIELDS, type RecordedFields } from "./fields.ts";
import type { FutureTrailers, IncomingBody, TrailersResult } from "./incoming-body.ts";
import { type OutgoingCall, RECORDED_REQUEST } from "./outgoing-call.ts";
import type { HttpPorts } from "./http-ports.ts";

/** What is left to say of a response that was not read to its end before the worker was last loaded. */
export const LOST = { tag: "connection-terminated" } as const;

/** The body of a response. */
export class ResponseBody implements IncomingBody {
  readonly call: OutgoingCall;
  readonly #announcesTrailers: boolean;
  #stream: ResponseStream | undefined;

  constructor(call: OutgoingCall, headers: Fields) {
    this.call = call;
    this.#announcesTrailers = headers.get("trailer").length > 0;
  }

  stream(): InputStream | undefined {
    if (this.#stream !== undefined) return undefined;
    this.#stream = new ResponseStream(this);
    this.call.pass(this, this.#stream);
    return this.#stream;
  }

  /** The stream was read to its end or dropped: what may still come are trailers. */
  streamEnded(stream: ResponseStream): void {
    if (this.#announcesTrailers) this.call.pass(stream, this);
    else this.call.end(stream);
  }

  finish(): FutureTrailers {
    const trailers = new ResponseTrailers(this.call, this.#announcesTrailers);
    if (this.#stream !== undefined) this.call.pass(this.#stream, trailers);
    this.call.pass(this, trailers);
    this.call.exchange?.skipRest();
    return trailers;
  }

  drop(): void {
    this.call.end(this);
  }
}

class ResponseStream implements InputStream {
  readonly journalled = RESPONSE_READS;
  readonly call: OutgoingCall;
  readonly #body: ResponseBody;

  constructor(body: ResponseBody) {
    this.#body = body;
    this.call = body.call;
  }

  read(length: number): Uint8Array {
    const { exchange } = this.call;
    if (exchange === undefined) throw new HttpStreamError(LOST);
    return exchange.read(length);
  }

  async readable(wait: <T>(promise: Promise<T>) => Promise<T>): Promise<void> {
    const { exchange } = this.call;
    if (exchange === undefined) return;
    while (!exchange.readable) await wait(exchange.change());
  }

  pollable(): Pollable {
    return this.call.pollable((exchange) => exchange.readable);
  }

  /** Nothing more can be read. */
  close(): void {
    this.#body.streamEnded(this);
  }

  failed(): void {
    this.call.end(this);
  }
}

class ResponseTrailers implements FutureTrailers {
  readonly call: OutgoingCall;
  readonly #announced: boolean;
  taken = false;

  constructor(call: OutgoingCall, announced: boolean) {
    this.call = call;
    this.#announced = announced;
  }

  pollable(): Pollable {
    return this.call.pollable((exchange) => exchange.ended || exchange.failure !== undefined);
  }

  get(context: HttpPorts): ReturnType<FutureTrailers["get"]> {
    return context.call(TRAILERS_GET, this) as ReturnType<FutureTrailers["get"]>;
  }

  /** As far as it is known: `undefined` while there is more to come. */
  get state(): RecordedTrailers | undefined {
    const { exchange } = this.call;
    if (exchange?.failure !== undefined) return { tag: "err", val: recordedErrorCode(exchange.failure) };
    if (exchange === undefined && this.#announced) return { tag: "err", val: recordedErrorCode(LOST) };
    if (exchange?.ended === false) return undefined;
    const trailers = exchange?.trailers ?? [];
    return { tag: "ok", val: trailers.length === 0 ? undefined : trailers };
  }

  drop(): void {
    this.call.end(this);
  }
}

type RecordedTrailers =
  | { readonly tag: "ok"; readonly val: RecordedFields | undefined }
  | { readonly tag: "err"; readonly val: RecordedErrorCode };

type RecordedGet = { readonly tag: "ok"; readonly val: RecordedTrailers } | { readonly tag: "err" };

const TRAILERS_GET: DurableFunction<HttpPorts> = writeRemoteBatched(
  "golem http::types::future_trailers::get",
  {
    types: {
      request: RECORDED_REQUEST,
      response: option(result(result(option(RECORDED_FIELDS), RECORDED_ERROR_CODE), null)),
    },
    batch: ({ call }: ResponseTrailers) => call.write,
    request: (_, { call }: ResponseTrailers) => call.recorded,
    run: (context, trailers: ResponseTrailers): RecordedGet | undefined => {
      const { taken, state } = trailers;
      if (taken) return { tag: "err" };
      noteAnswer(context, trailers, state === undefined ? "missing" : "taken");
      return state && { tag: "ok", val: state };
    },
    toGuest: (_, response: RecordedGet | undefined, self: ResponseTrailers) => {
      if (response === undefined || response.tag === "err") return response;
      self.taken = true;
      return { tag: "ok", val: toTrailers(response.val) };
    },
  },
);

function toTrailers(recorded: RecordedTrailers): TrailersResult {
  if (recorded.tag === "err") return { tag: "err", val: errorCodeOfRecorded(recorded.val) };
  return { tag: "ok", val: recorded.val && Fields.ofRecorded(recorded.val).clone() };
}

const STREAM_ERROR = variant({
  Closed: null,
  LastOperationFailed: RECORDED_ERROR_CODE,
  Trap: RECORDED_ERROR_CODE,
});

type RecordedRead =
  | { readonly tag: "ok"; readonly val: unknown }
  | {
      readonly tag: "err";
      readonly val:
        | { readonly tag: "Closed" }
        | { readonly tag: "LastOperationFailed"; readonly val: RecordedErrorCode };
    };

function readNow(stream: ResponseStream, len: bigint): RecordedRead {
  try {
    return { tag: "ok", val: stream.read(readSize(len)) };
  } catch (error) {
    if (error instanceof HttpStreamError)
      return { tag: "err", val: { tag: "LastOperationFailed", val: recordedErrorCode(error.code) } };
    if (error instanceof StreamError) return { tag: "err", val: { tag: "Closed" } };
    throw error;
  }
}

function skipNow(stream: ResponseStream, len: bigint): RecordedRead {
  const skipped = readNow(stream, len);
  return skipped.tag === "ok" ? { tag: "ok", val: BigInt((skipped.val as Uint8Array).length) } : skipped;
}

/** False for an answer of "not yet". */
function hasContent({ tag, val }: RecordedRead): boolean {
  return tag === "err" || (val instanceof Uint8Array ? val.length > 0 : val !== 0n);
}

type Now = (stream: ResponseStream, len: bigint) => RecordedRead;

function reading(
  name: string,
  ok: DurableParts<HttpPorts>["types"]["response"],
  run: DurableParts<HttpPorts>["run"],
): DurableFunction<HttpPorts> {
  return writeRemoteBatched(`http::types::incoming_body_stream::${name}`, {
    types: { request: RECORDED_REQUEST, response: result(ok, STREAM_ERROR) },
    waits: name.startsWith("blocking"),
    batch: ({ call }: ResponseStream) => call.write,
    request: (_, { call }: ResponseStream) => call.recorded,
    run,
    toGuest: (_, response: RecordedRead, stream: ResponseStream) => {
      if (response.tag === "ok") return response;
      if (response.val.tag === "Closed") {
        stream.close();
        return { tag: "err", val: { tag: "closed" } };
      }
      stream.failed();
      const error = new HttpStreamError(errorCodeOfRecorded(response.val.val));
      return { tag: "err", val: { tag: "last-operation-failed", val: error } };
    },
  });
}

const now =
  (operation: Now): DurableParts<HttpPorts>["run"] =>
  (context, stream: ResponseStream, len: bigint) => {
    const found = operation(stream, len);
    noteAnswer(context, stream, hasContent(found) ? "taken" : "missing");
    return found;
  };

const whenReadable =
  (operation: Now): DurableParts<HttpPorts>["run"] =>
  async (context, stream: ResponseStream, len: bigint) => {
    await stream.readable((promise) => context.wait(promise));
    context.there();
    return operation(stream, len);
  };

const RESPONSE_READS: JournalledReads = {
  read: reading("read", bytes, now(readNow)),
  blockingRead: reading("blocking_read", bytes, whenReadable(readNow)),
  skip: reading("skip", u64, now(skipNow)),
  blockingSkip: reading("blocking_skip", u64, whenReadable(skipNow)),
};

/** The journalled functions of a response's body and trailers. */
export const RESPONSE_BODY_FUNCTIONS: readonly DurableFunction<HttpPorts>[] = [
  ...Object.values(RESPONSE_READS),
  TRAILERS_GET,
];
