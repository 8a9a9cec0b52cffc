import {
  Fields,
  IncomingBody,
  OutgoingBody,
  OutgoingResponse,
  ResponseOutparam,
  type IncomingRequest,
  type Method,
} from "wasi:http/types@0.2.0";

import { readAll } from "../io/read-all.ts";

export function handle(request: IncomingRequest, responseOut: ResponseOutparam): void {
  const answer = `${methodName(request.method())} ${request.pathWithQuery() ?? "/"}: ${readBody(request)}`;
  const headers = Fields.fromList([["content-type", new TextEncoder().encode("text/plain")]]);
  const response = new OutgoingResponse(headers);
  response.setStatusCode(201);
  const body = response.body();
  ResponseOutparam.set(responseOut, { tag: "ok", val: response });
  {
    using stream = body.write();
    stream.blockingWriteAndFlush(new TextEncoder().encode(answer));
  }
  OutgoingBody.finish(body, undefined);
}

function readBody(request: IncomingRequest): string {
  const body = request.consume();
  let text: string;
  {
    using stream = body.stream();
    text = readAll(stream);
  }
  using _trailers = IncomingBody.finish(body);
  return text;
}

function methodName(method: Method): string {
  return method.tag === "other" ? method.val : method.tag.toUpperCase();
}
