import { writeRemoteBatched, type DurableFunction } from "../../host-interface.ts";
import { option, record, string, u16, variant } from "../../../ground/wit/wit-types.ts";
import { noteAnswer } from "../note-answer.ts";
import type { Pollable } from "../pollable.ts";
import {
  errorCodeOfRecorded,
  RECORDED_ERROR_CODE,
  recordedErrorCode,
  type RecordedErrorCode,
} from "./error-code.ts";
import type { ResponseHead } from "./exchange.ts";
import { Fields, RECORDED_FIELDS } from "./fields.ts";
import { type OutgoingCall, RECORDED_REQUEST } from "./outgoing-call.ts";
import { LOST, ResponseBody } from "./response-body.ts";
import type { HttpPorts } from "./http-ports.ts";

/** `wasi:http/types.future-incoming-response`. */
export class FutureResponse {
  readonly call: OutgoingCall;
  taken = false;

  constructor(call: OutgoingCall) {
    this.call = call;
    call.pass(call, this);
  }

  pollable(): Pollable {
    return this.call.pollable(({ head, failure }) => head !== undefined || failure !== undefined);
  }

  drop(): void {
    this.call.end(this);
  }
}

/** `wasi:http/types.incoming-response`. */
export class IncomingResponse {
  readonly status: number;
  readonly headers: Fields;
  readonly #call: OutgoingCall;
  #consumed = false;

  constructor(future: FutureResponse, { status, headers }: ResponseHead) {
    this.status = status;
    this.headers = Fields.ofRecorded(headers);
    this.#call = future.call;
    this.#call.pass(future, this);
  }

  /** Its one body; `undefined` the second time. */
  consume(): ResponseBody | undefined {
    if (this.#consumed) return undefined;
    this.#consumed = true;
    const body = new ResponseBody(this.#call, this.headers);
    this.#call.pass(this, body);
    return body;
  }

  drop(): void {
    this.#call.end(this);
  }
}

type Recorded =
  | { readonly tag: "Pending" }
  | { readonly tag: "HeadersReceived"; readonly val: ResponseHead }
  | { readonly tag: "HttpError"; readonly val: RecordedErrorCode }
  /** The response was taken before. */
  | { readonly tag: "InternalError"; readonly val: undefined };

const RECORDED = variant({
  Pending: null,
  HeadersReceived: record({ status: u16, headers: RECORDED_FIELDS }),
  HttpError: RECORDED_ERROR_CODE,
  InternalError: option(string),
});

function stateOf({ call: { exchange }, taken }: FutureResponse): Recorded {
  if (taken) return { tag: "InternalError", val: undefined };
  const failure = exchange === undefined ? LOST : exchange.failure;
  if (exchange?.head !== undefined) return { tag: "HeadersReceived", val: exchange.head };
  if (failure !== undefined) return { tag: "HttpError", val: recordedErrorCode(failure) };
  return { tag: "Pending" };
}

/** `get` of a future response. */
export const RESPONSE_GET: DurableFunction<HttpPorts> = writeRemoteBatched(
  "http::types::future_incoming_response::get",
  {
    types: { request: RECORDED_REQUEST, response: RECORDED, bare: true },
    batch: ({ call }: FutureResponse) => call.write,
    request: (_, { call }: FutureResponse) => call.recorded,
    run: (context, future: FutureResponse) => {
      const state = stateOf(future);
      if (!future.taken) noteAnswer(context, future, state.tag === "Pending" ? "missing" : "taken");
      return state;
    },
    toGuest: (_, response: Recorded, future: FutureResponse) => {
      switch (response.tag) {
        case "Pending":
          return undefined;
        case "InternalError":
          return { tag: "err", val: undefined };
        case "HeadersReceived":
          future.taken = true;
          return { tag: "ok", val: { tag: "ok", val: new IncomingResponse(future, response.val) } };
        case "HttpError":
          future.taken = true;
          future.drop();
          return { tag: "ok", val: { tag: "err", val: errorCodeOfRecorded(response.val) } };
      }
    },
  },
);
