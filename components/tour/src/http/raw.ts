import { handle } from "wasi:http/outgoing-handler@0.2.0";
import {
  Fields,
  IncomingBody,
  OutgoingBody,
  OutgoingRequest,
  type FutureIncomingResponse,
  type IncomingResponse,
} from "wasi:http/types@0.2.0";

import type { Response } from "kit:tour-exports/raw";

import { readAll } from "../io/read-all.ts";

export function http(authority: string, path: string, body: string): Response {
  const request = new OutgoingRequest(
    Fields.fromList([["content-type", new TextEncoder().encode("text/plain")]]),
  );
  request.setMethod({ tag: "post" });
  request.setScheme({ tag: "HTTP" });
  request.setAuthority(authority);
  request.setPathWithQuery(path);

  const outgoing = request.body();
  using future = handle(request, undefined);
  {
    using stream = outgoing.write();
    stream.blockingWriteAndFlush(new TextEncoder().encode(body));
  }
  OutgoingBody.finish(outgoing, undefined);

  using response = await_(future);
  const status = response.status();
  const incoming = response.consume();
  const text = readBody(incoming);
  using _trailers = IncomingBody.finish(incoming);
  return { status, body: text };
}

function await_(future: FutureIncomingResponse): IncomingResponse {
  using pollable = future.subscribe();
  for (;;) {
    const result = future.get();
    if (result === undefined) pollable.block();
    else if (result.tag === "err") throw new Error("The response was taken before");
    else if (result.val.tag === "err") throw new Error(`The request failed: ${result.val.val.tag}`);
    else return result.val.val;
  }
}

function readBody(body: IncomingBody): string {
  using stream = body.stream();
  return readAll(stream);
}
