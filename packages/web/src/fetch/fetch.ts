import { decodedBody } from "./decode.ts";
import { withFacts } from "./response.ts";

type EngineFetch = typeof globalThis.fetch;

const MOST_REDIRECTIONS = 20;
const REDIRECTIONS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** Made by the host, or of one connection only: left out without a word, as the Fetch standard says. */
const NOT_SENT: ReadonlySet<string> = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The web's `fetch` over the engine's: it follows redirections, decodes bodies, and does not fail by a header. */
export function mendedFetch(engineFetch: EngineFetch): EngineFetch {
  return async (input, init = {}) => {
    const { redirect = "follow", signal = input instanceof Request ? input.signal : undefined } = init;
    const first = new Request(input, init);
    signal?.throwIfAborted();
    const replayable = init.body instanceof ReadableStream ? undefined : await bodyOf(first);
    let request = sent(first.url, first, first.method, replayable ?? first.body);
    for (let redirections = 0; ; redirections += 1) {
      const { url } = request;
      const response = await engineFetch(request, signal ? { signal } : {});
      const location = REDIRECTIONS.has(response.status) ? response.headers.get("location") : null;
      if (location === null || redirect === "manual") {
        return finished(response, url, request.method, redirections > 0);
      }
      await response.body?.cancel();
      if (redirect === "error" || redirections === MOST_REDIRECTIONS) {
        const times = redirect === "error" ? "" : ` again, for the ${redirections + 1}st time`;
        throw new TypeError(`${url} is redirected${times}, to ${location}`);
      }
      request = redirected(request, response.status, new URL(location, url), replayable);
    }
  };
}

async function bodyOf(request: Request): Promise<ArrayBuffer | null | undefined> {
  return request.body === null ? null : request.arrayBuffer();
}

type Body = ArrayBuffer | ReadableStream<Uint8Array<ArrayBuffer>> | null;

function sent(url: string, { headers }: Request, method: string, body: Body): Request {
  const kept = [...headers].filter(([name]) => !NOT_SENT.has(name));
  return new Request(url, { method, headers: kept, ...(body !== null && { body }) });
}

/** As the Fetch standard says: 303, and 301 and 302 after a POST, are asked for by GET, without a body. */
function redirected(
  request: Request,
  status: number,
  target: URL,
  body: ArrayBuffer | null | undefined,
): Request {
  const from = new URL(request.url);
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    throw new TypeError(`${request.url} is redirected to ${target.href}, which is no address of HTTP`);
  }
  if (target.hash === "") target.hash = from.hash;
  const { method } = request;
  const becomesGet =
    status === 303 ? method !== "GET" && method !== "HEAD" : method === "POST" && status < 303;
  const headers = new Headers(request.headers);
  if (target.origin !== from.origin) headers.delete("authorization");
  if (becomesGet) {
    for (const name of [
      "content-encoding",
      "content-language",
      "content-length",
      "content-location",
      "content-type",
    ]) {
      headers.delete(name);
    }
    return new Request(target, { method: "GET", headers });
  }
  if (body === undefined) {
    throw new TypeError(
      `${request.url} is redirected, but its body is a stream, which is sent once. Give bytes or a text.`,
    );
  }
  return new Request(target, { method, headers, ...(body !== null && { body }) });
}

function finished(response: Response, url: string, method: string, redirected: boolean): Response {
  const { body, status, statusText } = response;
  const address = new URL(url);
  address.hash = "";
  const facts = { url: address.href, redirected, type: "basic" } as const;
  const encoding = response.headers.get("content-encoding");
  if (encoding === null || body === null || method === "HEAD" || BODILESS.has(status))
    return withFacts(response, facts);
  const decoded = decodedBody(body, encoding, address.href);
  return withFacts(new Response(decoded, { status, statusText, headers: response.headers }), facts);
}
