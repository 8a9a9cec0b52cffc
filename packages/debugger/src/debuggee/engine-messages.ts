/**
 * Gives messages the header `content-length` where the engine of a component does, and Node does not: when their body is known
 * as a whole, and the program has not set it.
 */
export function installEngineMessages(): void {
  const NativeResponse = Response;
  const json = NativeResponse.json.bind(NativeResponse);
  globalThis.Response = new Proxy(NativeResponse, {
    construct: (target, args: readonly unknown[], newTarget) =>
      withLength(args[0], Reflect.construct(target, args, newTarget) as Response),
  });
  NativeResponse.prototype.constructor = Response;
  NativeResponse.json = (data: unknown, init?: ResponseInit): Response =>
    withLength(JSON.stringify(data), json(data, init));

  const NativeRequest = Request;
  globalThis.Request = new Proxy(NativeRequest, {
    construct: (target, args: readonly unknown[], newTarget) =>
      withLength(
        (args[1] as RequestInit | undefined)?.body,
        Reflect.construct(target, args, newTarget) as Request,
      ),
  });
  NativeRequest.prototype.constructor = Request;
}

function withLength<T extends { readonly headers: Headers }>(body: unknown, message: T): T {
  const length = lengthOf(body);
  if (length !== undefined && !message.headers.has("content-length"))
    message.headers.set("content-length", String(length));
  return message;
}

/** Bytes; `undefined` for what is streamed. */
function lengthOf(body: unknown): number | undefined {
  if (typeof body === "string" || body instanceof URLSearchParams)
    return new TextEncoder().encode(String(body)).length;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  return body instanceof Blob ? body.size : undefined;
}
