import { sleep } from "@golem-kit/sdk/clock";
import { fetch as sdkFetch } from "@golem-kit/sdk/http";
import { openBucket } from "@golem-kit/sdk/keyvalue";
import { createPromise } from "@golem-kit/sdk/promise";
import { call } from "@golem-kit/sdk/rpc";
import { connect } from "@golem-kit/sdk/sockets";
import { self } from "@golem-kit/sdk/worker";
import { subscribeInstant } from "wasi:clocks/monotonic-clock@0.2.0";

import { Api } from "sdk:lab-client/lab-client";

import { blockingTurns } from "../../../../src/event-loop/blocking-turns.ts";

const arrivals = openBucket<true>("arrivals");

/** Something to wait for: it ends when its gate is opened, or soon by itself. */
interface Kind {
  /** Begins to wait, for what `open` brings about. */
  readonly begin: (gate: string) => { readonly ended: Promise<unknown>; readonly open: () => unknown };
  readonly soon: (gate: string) => Promise<unknown>;
}

function kindsOf(url: string, port: number): Readonly<Record<string, Kind>> {
  const remote = async (worker: string, me: string, other: string): Promise<string> => {
    using api = new Api(worker);
    return await call(api.meet(me, other));
  };
  const received = async (gate: string): Promise<string> => {
    using connection = await connect({ host: "127.0.0.1", port });
    const writer = connection.writable.getWriter();
    await writer.write(new TextEncoder().encode(gate));
    await writer.close();
    return await new Response(connection.readable).text();
  };
  const requested =
    (send: (url: string) => Promise<Response>): Kind["begin"] =>
    (gate) => ({
      ended: send(`${url}/wait/${gate}`).then((response) => response.text()),
      open: () => sdkFetch(`${url}/open/${gate}`),
    });
  const given = (begin: (signal: AbortSignal) => Promise<unknown>): Kind["begin"] => {
    return () => {
      const controller = new AbortController();
      return { ended: begin(controller.signal).catch(() => "given up"), open: () => controller.abort() };
    };
  };
  return {
    call: {
      begin: (gate) => ({
        ended: remote(`${gate}-remote`, `${gate}-me`, gate),
        open: () => arrivals.set(gate, true),
      }),
      soon: (gate) => remote(`${gate}-soon`, `${gate}-soon`, `${gate}-soon`),
    },
    fetch: { begin: requested(sdkFetch), soon: () => sdkFetch(`${url}/now`) },
    engineFetch: {
      begin: requested((target) => fetch(target)),
      soon: async () => (await fetch(`${url}/now`)).text(),
    },
    socket: {
      begin: (gate) => ({ ended: received(`wait ${gate}`), open: () => sdkFetch(`${url}/open/${gate}`) }),
      soon: () => received("now"),
    },
    promise: {
      begin: () => {
        const promise = createPromise<boolean>();
        return {
          ended: promise.wait({ noticeWithin: "5 ms" }),
          open: () => promise.complete(true),
        };
      },
      soon: async () => {
        const promise = createPromise<boolean>();
        void sleep("1 ms").then(() => promise.complete(true));
        return promise.wait({ noticeWithin: "5 ms" });
      },
    },
    stream: {
      begin: (gate) => ({
        ended: sdkFetch(`${url}/wait/${gate}`).then(({ body }) => readAll(body)),
        open: () => sdkFetch(`${url}/open/${gate}`),
      }),
      soon: async () => readAll((await sdkFetch(`${url}/now`)).body),
    },
    sleep: { begin: given((signal) => sleep("1 h", { signal })), soon: () => sleep("1 ms") },
    engineTimer: {
      begin: given(
        (signal) =>
          new Promise((_, reject) => {
            const timer = setTimeout(() => undefined, 3_600_000);
            signal.addEventListener("abort", () => {
              clearTimeout(timer);
              reject(signal.reason as Error);
            });
          }),
      ),
      soon: () => new Promise((resolve) => setTimeout(resolve, 1)),
    },
  };
}

async function readAll(body: ReadableStream<Uint8Array> | null): Promise<number> {
  let size = 0;
  for await (const chunk of body ?? []) size += chunk.length;
  return size;
}

export const overlaps = {
  /** One of each kind waits for what is done only after another has ended: whoever held up the other would never end. */
  async pairs(first: string, url: string, port: string) {
    const kinds = Object.entries(kindsOf(url, Number(port)));
    const passed: string[] = [];
    for (const [second, { soon }] of kinds) {
      const gate = `${self().workerName}-${first}-${second}`;
      const kind = kinds.find(([name]) => name === first)?.[1];
      const waiting = kind?.begin(gate);
      await soon(gate);
      await waiting?.open();
      await waiting?.ended;
      passed.push(second);
    }
    return passed;
  },

  /** All kinds at once. */
  async together(url: string, port: string) {
    const gate = self().workerName;
    const kinds = Object.entries(kindsOf(url, Number(port)));
    const waiting = kinds.map(([name, kind]) => kind.begin(`${gate}-${name}`));
    await Promise.all(kinds.map(([name, kind]) => kind.soon(`${gate}-${name}`)));
    for (const { open } of waiting) await open();
    await Promise.all(waiting.map(({ ended }) => ended));
    return kinds.map(([name]) => name);
  },

  /** Requests that take as long as the server likes, beside a long sleep. */
  async patience(url: string, milliseconds: string) {
    const controller = new AbortController();
    const sleeping = sleep("1 h", controller).catch(() => undefined);
    await Promise.all([1, 2, 3].map(async () => (await sdkFetch(`${url}/slow/${milliseconds}`)).text()));
    controller.abort();
    await sleeping;
    return true;
  },

  /** How a component waits where the engine cannot be made to wait for pollables. */
  async blocking() {
    const ends: string[] = [];
    const nap = (name: string, nanoseconds: bigint): Promise<void> =>
      new Promise((resolve) => {
        blockingTurns.add(subscribeInstant(nanoseconds), () => {
          ends.push(name);
          resolve();
        });
      });
    const never = blockingTurns.add(subscribeInstant(2n ** 62n), () => ends.push("never"));
    await Promise.all([nap("one", 0n), nap("another", 1n)]);
    never();
    return ends;
  },
};
