import { isSdkError } from "@golem-kit/sdk";
import { sleep } from "@golem-kit/sdk/clock";
import { fetch, idempotencyHeaders, type FetchOptions } from "@golem-kit/sdk/http";

const utf8 = new TextEncoder();

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const text of texts) {
    await sleep("1 ms");
    yield utf8.encode(text);
  }
}

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    return `no error: ${String(await run())}`;
  } catch (error) {
    return isSdkError(error) ? `${error.name} ${error.code}` : String(error);
  }
}

const textOf = async (url: string, options?: FetchOptions): Promise<string> =>
  (await fetch(url, options)).text();

export const requests = {
  async bodies(url: string) {
    const bodies: FetchOptions["body"][] = [
      "text",
      utf8.encode("bytes"),
      new URLSearchParams({ a: "1 2" }),
      new Blob(["blob"], { type: "text/x-blob" }),
      parts("of ", "parts"),
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(utf8.encode("stream"));
          controller.close();
        },
      }),
      null,
    ];
    return Promise.all(
      bodies.map(async (body) =>
        JSON.parse(await textOf(`${url}/echo`, { method: "POST", body: body ?? null })),
      ),
    );
  },

  async request(url: string) {
    const request = new Request(`${url}/echo?a=1`, { method: "PUT", body: "of a request" });
    return JSON.parse(await (await fetch(request)).text());
  },

  async response(url: string) {
    const response = await fetch(`${url}/now`);
    const { status, ok, redirected } = response;
    const head = await fetch(`${url}/now`, { method: "HEAD" });
    const headers = [...response.headers].filter(([name]) => name.startsWith("x-"));
    return {
      status,
      ok,
      redirected,
      headers,
      url: response.url,
      text: await response.text(),
      head: head.body,
    };
  },

  async trailers(url: string) {
    const response = await fetch(`${url}/trailers`, {
      method: "POST",
      headers: { trailer: "x-sent" },
      body: parts("a", "b"),
      trailers: async () => ({ "x-sent": "after the body" }),
    });
    const text = await response.text();
    const none = await fetch(`${url}/now`);
    await none.text();
    const trailers = await response.trailers;
    return [text, trailers && [...trailers], (await none.trailers) ?? null];
  },

  async redirections(url: string) {
    const followed = await fetch(`${url}/redirect/303`, { method: "POST", body: "kept not" });
    const kept = await fetch(`${url}/redirect/307`, { method: "POST", body: "kept" });
    const manual = await fetch(`${url}/redirect/302`, { redirect: "manual" });
    await manual.body?.cancel();
    return [
      [followed.redirected, followed.url.replace(url, ""), JSON.parse(await followed.text())],
      JSON.parse(await kept.text()),
      manual.status,
      await codeOf(() => fetch(`${url}/redirect/302`, { redirect: "error" })),
      await codeOf(() => fetch(`${url}/redirect/307`, { method: "POST", body: parts("x") })),
      await codeOf(() => fetch(`${url}/around`)),
    ];
  },

  async failures(url: string, closed: string) {
    return Promise.all([
      codeOf(() => fetch(closed)),
      codeOf(() => fetch("http://no-such-host.invalid/")),
      codeOf(() => fetch(`${url}/never`, { timeout: "20 ms" })),
      codeOf(() => textOf(`${url}/half`, { timeout: "50 ms" })),
      codeOf(() => textOf(`${url}/cut`)),
      codeOf(() => fetch(`${url}/never`, { firstByteTimeout: "20 ms" })),
      codeOf(() => fetch(`${url}/never`, { signal: AbortSignal.timeout(20) })),
      codeOf(() => fetch(`${url}/echo`, { method: "POST", body: failingBody() })),
      codeOf(() => fetch("not a url")),
    ]);
  },

  /** Requests whose bodies never come to their end, given up by time and by signal; who is told. */
  async stuck(url: string) {
    const told: string[] = [];
    const stuck = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => undefined),
      cancel: () => void told.push("stream"),
    });
    async function* begun(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (;;) {
          yield utf8.encode("more");
          await sleep("1 ms");
        }
      } finally {
        told.push("generator");
      }
    }
    const codes = [
      await codeOf(() => fetch(`${url}/never`, { method: "POST", body: stuck, timeout: "10 ms" })),
      await codeOf(() =>
        fetch(`${url}/never`, { method: "POST", body: begun(), signal: AbortSignal.timeout(10) }),
      ),
    ];
    await sleep("5 ms");
    return [...codes, ...told];
  },

  async malformed(url: string) {
    const failures = [`${url}/astray`, url.replace("//", "//ada:secret@"), "ftp://127.0.0.1/", "data:,x"];
    return Promise.all(
      failures.map(async (each) => {
        try {
          return (await fetch(each)).status;
        } catch (error) {
          return isSdkError(error) ? `${error.code} ${error.message}` : String(error);
        }
      }),
    );
  },

  async large(url: string, size: string) {
    const chunk = new Uint8Array(100_000).fill(120);
    async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
      for (let sent = 0; sent < Number(size); sent += chunk.length) yield chunk;
    }
    const response = await fetch(`${url}/back`, { method: "POST", body: chunks() });
    let length = 0;
    for await (const part of response.body ?? []) length += part.length;
    return length;
  },

  async unread(url: string) {
    const response = await fetch(`${url}/large`);
    await response.body?.cancel();
    await fetch(`${url}/large`);
    return textOf(`${url}/now`);
  },

  keys() {
    return [idempotencyHeaders(), idempotencyHeaders("mine")];
  },

  async charge(url: string) {
    const answer = await textOf(`${url}/key`, { method: "POST", headers: idempotencyHeaders() });
    return answer;
  },
};

async function* failingBody(): AsyncGenerator<Uint8Array, void, undefined> {
  yield utf8.encode("so far");
  await sleep("1 ms");
  throw new Error("no more");
}
