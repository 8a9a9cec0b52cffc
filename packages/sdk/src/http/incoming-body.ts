import { IncomingBody, type ErrorCode, type Fields } from "wasi:http/types@0.2.0";

import type { Bytes } from "../bytes.ts";
import { wait } from "../event-loop.ts";
import { InputSource } from "../io/input-source.ts";
import { headersFrom } from "./fields.ts";
import { HttpError, httpErrorOf, httpStreamError, type HttpOperation } from "./http-error.ts";

/** A body that comes in. */
export interface ReceivedBody {
  readonly stream: ReadableStream<Bytes>;
  /** What followed the body, when it was read to its end; `undefined` if nothing did, or it was not. Never rejects. */
  readonly trailers: Promise<Headers | undefined>;
  /** Lets go of what was not read. */
  readonly drop: () => void;
}

export interface ReceiveOptions {
  readonly operation: HttpOperation;
  /** Whether the message says that trailers will follow; if not, they are not asked for. */
  readonly announcesTrailers: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the body is done with. */
  readonly released?: () => void;
}

/** Takes a body over: its handles are dropped when the stream ends, fails or is cancelled. */
export function receiveBody(body: IncomingBody, options: ReceiveOptions): ReceivedBody {
  const { operation, announcesTrailers, signal, released } = options;
  const trailers = Promise.withResolvers<Headers | undefined>();
  let finished = false;
  const source = new InputSource({
    stream: () => body.stream(),
    signal,
    failure: (thrown) => httpStreamError(thrown, operation),
    async ended(ending) {
      if (!announcesTrailers) return;
      finished = true;
      trailers.resolve(await trailersOf(body, operation, ending));
    },
    released() {
      if (!finished) body[Symbol.dispose]();
      trailers.resolve(undefined);
      released?.();
    },
  });
  const drop = (): void =>
    source.cancel(new HttpError("HTTP-protocol-error", operation, "its body was let go of"));
  return { stream: source.toStream(), trailers: trailers.promise, drop };
}

async function trailersOf(
  body: IncomingBody,
  operation: HttpOperation,
  signal: AbortSignal,
): Promise<Headers | undefined> {
  using future = IncomingBody.finish(body);
  for (;;) {
    await wait(() => future.subscribe(), { signal });
    const answer = future.get();
    if (answer?.tag === "ok") return headersOf(answer.val, operation);
    if (answer?.tag === "err") return undefined;
  }
}

function headersOf(
  result: { tag: "ok"; val: Fields | undefined } | { tag: "err"; val: ErrorCode },
  operation: HttpOperation,
): Headers | undefined {
  if (result.tag === "err") throw httpErrorOf(result.val, operation);
  return result.val && headersFrom(result.val);
}
