import { direct, type HostInterface } from "../../host-interface.ts";
import type { Pollable } from "../pollable.ts";
import { HttpStreamError } from "./error-code.ts";
import { type Fields, FIELDS_FUNCTIONS } from "./fields.ts";
import { type FutureResponse, type IncomingResponse, RESPONSE_GET } from "./future-response.ts";
import type { FutureTrailers, IncomingBody } from "./incoming-body.ts";
import { INCOMING_REQUEST_FUNCTIONS } from "./incoming-request.ts";
import { OUTGOING_BODY_FUNCTIONS, type OutgoingBody } from "./outgoing-body.ts";
import { OUTGOING_REQUEST_FUNCTIONS } from "./outgoing-request.ts";
import { OUTGOING_RESPONSE_FUNCTIONS } from "./outgoing-response.ts";
import { RESPONSE_BODY_FUNCTIONS } from "./response-body.ts";
import type { HttpPorts } from "./http-ports.ts";

/** `ok` with what there is only once, `err` from then on. */
function once(value: object | undefined): unknown {
  return value === undefined ? { tag: "err", val: undefined } : { tag: "ok", val: value };
}

export const httpTypes: HostInterface<HttpPorts> = {
  name: "wasi:http/types",
  functions: {
    "http-error-code": direct((_, error: Error) =>
      error instanceof HttpStreamError ? error.code : undefined,
    ),
    ...FIELDS_FUNCTIONS,
    ...OUTGOING_REQUEST_FUNCTIONS,
    ...INCOMING_REQUEST_FUNCTIONS,
    ...OUTGOING_RESPONSE_FUNCTIONS,
    "[method]outgoing-body.write": direct((_, self: OutgoingBody) => once(self.write())),
    "[static]outgoing-body.finish": direct((_, self: OutgoingBody, trailers: Fields | undefined) => {
      const error = self.finish(trailers);
      return error === undefined ? { tag: "ok", val: undefined } : { tag: "err", val: error };
    }),
    "[resource-drop]outgoing-body": direct((_, self: OutgoingBody) => self.abandon()),
    "[method]future-incoming-response.subscribe": direct((_, self: FutureResponse): Pollable =>
      self.pollable(),
    ),
    "[method]future-incoming-response.get": RESPONSE_GET,
    "[resource-drop]future-incoming-response": direct((_, self: FutureResponse) => self.drop()),
    "[method]incoming-response.status": direct((_, self: IncomingResponse) => self.status),
    "[method]incoming-response.headers": direct((_, self: IncomingResponse) => self.headers),
    "[method]incoming-response.consume": direct((_, self: IncomingResponse) => once(self.consume())),
    "[resource-drop]incoming-response": direct((_, self: IncomingResponse) => self.drop()),
    "[method]incoming-body.stream": direct((_, self: IncomingBody) => once(self.stream())),
    "[static]incoming-body.finish": direct((_, self: IncomingBody) => self.finish()),
    "[resource-drop]incoming-body": direct((_, self: IncomingBody) => self.drop()),
    "[method]future-trailers.subscribe": direct((_, self: FutureTrailers): Pollable => self.pollable()),
    "[method]future-trailers.get": direct((context, self: FutureTrailers) => self.get(context)),
    "[resource-drop]future-trailers": direct((_, self: FutureTrailers) => self.drop()),
  },
  inner: [...RESPONSE_BODY_FUNCTIONS, ...OUTGOING_BODY_FUNCTIONS],
};
