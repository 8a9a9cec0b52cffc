import { direct, type HostFunctions } from "../../host-interface.ts";
import type { ErrorCode } from "./error-code.ts";
import type { Field, Fields } from "./fields.ts";
import { type BodyAndTrailers, IncomingRequest, type RequestValue } from "./incoming-request.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import type { NoPorts } from "../../ports.ts";

/** `wasi:http/types.outgoing-response`. */
class OutgoingResponse {
  readonly headers: Fields;
  status = 200;
  #body: OutgoingBody | undefined;
  #content: Promise<Buffer> | undefined;

  constructor(headers: Fields) {
    this.headers = headers.frozen();
  }

  /** Its one body, read as it is written; `undefined` the second time. */
  body(): OutgoingBody | undefined {
    if (this.#body !== undefined) return undefined;
    this.#body = new OutgoingBody(this.headers);
    this.#content = collect(this.#body);
    this.#content.catch(() => undefined);
    return this.#body;
  }

  /** The body once it is finished; `undefined` if there is none. @throws Error if it never will be */
  async content(): Promise<BodyAndTrailers | undefined> {
    const content = await this.#content;
    const trailers = this.#body?.trailers?.entries;
    if (content === undefined || (content.length === 0 && trailers === undefined)) return undefined;
    return { content: new Uint8Array(content), trailers };
  }
}

async function collect({ content }: OutgoingBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

type Answer =
  | { readonly tag: "ok"; readonly val: OutgoingResponse }
  | { readonly tag: "err"; readonly val: ErrorCode };

/** `wasi:http/types.response-outparam`: takes the answer. */
export class ResponseOutparam {
  answer: Answer | undefined;
}

/** A response as callers of `golem:http/incoming-handler.{handle}` get it. */
export interface ResponseValue {
  readonly status: number;
  readonly headers: readonly Field[];
  readonly bodyAndTrailers: BodyAndTrailers | undefined;
}

/**
 * Has a component handle an HTTP request.
 *
 * @param handle the component's own `wasi:http/incoming-handler.handle`
 * @throws Error if it gives no response
 */
export async function handleRequest(
  request: RequestValue,
  handle: (request: IncomingRequest, outparam: ResponseOutparam) => Promise<unknown>,
): Promise<ResponseValue> {
  const outparam = new ResponseOutparam();
  await handle(new IncomingRequest(request), outparam);
  const { answer } = outparam;
  if (answer === undefined) throw new Error("The HTTP handler returned without having set a response");
  if (answer.tag === "err") throw new Error(`The HTTP handler answered with the error ${answer.val.tag}`);
  const { status, headers } = answer.val;
  return { status, headers: headers.entries, bodyAndTrailers: await answer.val.content() };
}

export const OUTGOING_RESPONSE_FUNCTIONS: HostFunctions<NoPorts> = {
  "[constructor]outgoing-response": direct((_, headers: Fields) => new OutgoingResponse(headers)),
  "[method]outgoing-response.status-code": direct((_, self: OutgoingResponse) => self.status),
  "[method]outgoing-response.set-status-code": direct((_, self: OutgoingResponse, status: number) => {
    if (status < 100 || status > 999) return { tag: "err", val: undefined };
    self.status = status;
    return { tag: "ok", val: undefined };
  }),
  "[method]outgoing-response.headers": direct((_, self: OutgoingResponse) => self.headers),
  "[method]outgoing-response.body": direct((_, self: OutgoingResponse) => {
    const body = self.body();
    return body === undefined ? { tag: "err", val: undefined } : { tag: "ok", val: body };
  }),
  "[static]response-outparam.set": direct((_, self: ResponseOutparam, answer: Answer) => {
    self.answer = answer;
  }),
};
