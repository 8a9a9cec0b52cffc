import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { ReadableStream } from "node:stream/web";

/** Gives the real answer. */
export type Answer = () => Promise<Response>;

/**
 * What goes wrong with a request:
 *
 * - `disconnect`: the connection ends, and no handler is called.
 * - `lose-answer`: the handler is called, so that the request has its effect; then the connection ends.
 * - `cutBodyAfter`: the handler is called; of the body of its answer come so many bytes, and then the connection ends.
 * - `status`: this is the answer, and no handler is called.
 * - `until`: the handler is called when this promise is fulfilled. A request whose promise never is has no answer: let the
 *   guest's time-out pass with `clock.advance`.
 */
export type Fault =
  | "disconnect"
  | "lose-answer"
  | { readonly cutBodyAfter: number }
  | { readonly status: number }
  | { readonly until: Promise<unknown> };

/** Answers a request, in spite of the fault as far as it lets. */
export async function answerWith(
  fault: Fault | undefined,
  answer: Answer,
  response: ServerResponse,
): Promise<void> {
  if (fault === undefined) return send(await answer(), response);
  if (fault === "disconnect") return disconnect(response);
  if (fault === "lose-answer") {
    await answer();
    return disconnect(response);
  }
  if ("cutBodyAfter" in fault) return cut(await answer(), fault.cutBodyAfter, response);
  if ("status" in fault) return send(new Response(null, { status: fault.status }), response);
  await fault.until;
  return send(await answer(), response);
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  // Response.error(): the network's, not the server's.
  if (answer.type === "error") return disconnect(response);
  const body = await bodyOf(answer);
  writeHead(answer, response);
  response.end(body);
}

/** The head promises more than comes, whatever the answer's length. */
async function cut(answer: Response, length: number, response: ServerResponse): Promise<void> {
  const body = await bodyOf(answer);
  response.setHeader("content-length", Math.max(body.length, length + 1));
  writeHead(answer, response);
  response.flushHeaders();
  if (length > 0) response.write(body.subarray(0, length));
  response.socket?.end();
}

function writeHead({ status, headers }: Response, response: ServerResponse): void {
  response.statusCode = status;
  for (const [name, value] of headers) {
    if (name !== "set-cookie" && name !== "content-length") response.setHeader(name, value);
  }
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
}

async function bodyOf({ body }: Response): Promise<Buffer> {
  return body === null ? Buffer.alloc(0) : buffer(body as ReadableStream<Uint8Array>);
}

function disconnect(response: ServerResponse): void {
  response.socket?.destroy();
}
