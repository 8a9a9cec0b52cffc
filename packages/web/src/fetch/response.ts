import { define, defineGetters } from "../define.ts";

const READERS = ["arrayBuffer", "blob", "bytes", "formData", "json", "text"] as const;

/** Of a response that was cloned, the one that has its half of the body. */
const halves = new WeakMap<Response, Response>();

/** What a constructor cannot give a response. */
export interface ResponseFacts {
  readonly url?: string;
  readonly redirected?: boolean;
  readonly type?: ResponseType;
  readonly status?: number;
  readonly ok?: boolean;
}

export function withFacts(response: Response, facts: ResponseFacts): Response {
  for (const [name, value] of Object.entries(facts)) {
    Object.defineProperty(response, name, { configurable: true, enumerable: true, value });
  }
  return response;
}

/** Gives `Response` the two functions that the engine lacks. */
export function mendResponse(): void {
  const { prototype } = Response;
  const getterOf = (name: "body" | "bodyUsed"): ((this: Response) => unknown) => {
    const property: PropertyDescriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    return function get(this: Response) {
      return property.get?.call(this) as unknown;
    };
  };
  const [body, bodyUsed] = [getterOf("body"), getterOf("bodyUsed")];
  const holderOf = (response: Response): Response => halves.get(response) ?? response;

  for (const name of READERS) {
    const read = prototype[name];
    define(prototype, {
      [name](this: Response): Promise<unknown> {
        return read.call(holderOf(this));
      },
    });
  }
  defineGetters(prototype, {
    body(this: Response) {
      return body.call(holderOf(this));
    },
    bodyUsed(this: Response) {
      return bodyUsed.call(holderOf(this));
    },
  });
  define(prototype, { clone });
  define(Response, { error: () => withFacts(new Response(null), { type: "error", status: 0, ok: false }) });
}

function clone(this: Response): Response {
  const { body, bodyUsed, headers, status, statusText, url, redirected, type } = this;
  if (bodyUsed || body?.locked === true) {
    throw new TypeError("a response whose body is being read, or was, cannot be cloned. Clone it before.");
  }
  const facts = { url, redirected, type };
  if (status < 200) return withFacts(new Response(null, { headers }), { ...facts, status, ok: false });
  const init = { status, statusText, headers };
  if (body === null) return withFacts(new Response(null, init), facts);
  const [left, right] = body.tee();
  halves.set(this, new Response(left, init));
  return withFacts(new Response(right, init), facts);
}
