/** What is done with the web's API in a component, and again in Node, to be compared. */

/** What the types of the web's API do not have yet. */
interface StreamSource {
  from(source: AsyncIterable<unknown> | Iterable<unknown>): ReadableStream<unknown>;
}

type Scenario = () => unknown;

async function attempt(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

function numbers(...values: readonly unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
}

function sink(told: unknown[]): WritableStream<unknown> {
  return new WritableStream({
    write: (chunk) => void told.push(chunk),
    close: () => void told.push("closed"),
    abort: (reason) => void told.push("aborted", String(reason)),
  });
}

const streamsFrom: Scenario = async () => {
  const told: unknown[] = [];
  async function* words() {
    try {
      yield "a";
      yield "b";
    } finally {
      told.push("left");
    }
  }
  const stream = (ReadableStream as unknown as StreamSource).from(words());
  for await (const word of stream) {
    told.push(word);
    break;
  }
  return [
    ...told,
    await Array.fromAsync((ReadableStream as unknown as StreamSource).from([1, Promise.resolve(2)])),
  ];
};

const pipes: Scenario = async () => {
  const told: unknown[] = [];
  const controller = new AbortController();
  await numbers(1, 2).pipeTo(sink(told), { signal: controller.signal });
  await numbers(3).pipeTo(sink(told), { preventClose: true });
  told.push(await attempt(() => numbers(4).pipeTo(sink(told), { signal: AbortSignal.abort("early") })));
  const endless = new ReadableStream({ cancel: (reason) => void told.push("cancelled", String(reason)) });
  const piped = endless.pipeTo(sink(told), { signal: controller.signal });
  controller.abort("late");
  told.push(await attempt(() => piped));
  return told;
};

const textStreams: Scenario = async () => {
  const bytes = numbers(Uint8Array.of(0xc3), Uint8Array.of(0xa4, 0x21));
  const decoded = await Array.fromAsync(bytes.pipeThrough(new TextDecoderStream() as never));
  const halves = numbers("\ud83d", "\ude00!");
  const encoded = await Array.fromAsync(halves.pipeThrough<Uint8Array>(new TextEncoderStream() as never));
  const fatal = numbers(Uint8Array.of(0xff)).pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
  return [decoded, encoded.map((each) => Array.from(each)), await attempt(() => Array.fromAsync(fatal))];
};

const responses: Scenario = async () => {
  const response = new Response("text", { status: 201, statusText: "Made", headers: { a: "b" } });
  const copy = response.clone();
  const third = copy.clone();
  const texts = [await response.text(), await copy.text(), await third.text()];
  const { type, status, ok } = Response.error();
  return [
    texts,
    [response.bodyUsed, copy.status, copy.statusText, copy.headers.get("a")],
    await attempt(() => response.clone()),
    await new Response(null).clone().text(),
    [type, status, ok],
  ];
};

const urls: Scenario = () => [
  URL.canParse("http://a.example/b"),
  URL.canParse("b"),
  URL.canParse("b", "http://a.example"),
  URL.parse("b"),
  URL.parse("b", "http://a.example/c/d")?.href,
];

const patterns: Scenario = () => {
  const pattern = new URLPattern({ pathname: "/orders/:id(\\d+)" });
  return [
    pattern.test("http://a.example/orders/12"),
    pattern.test("http://a.example/orders/x"),
    pattern.exec("http://a.example/orders/12")?.pathname.groups["id"],
  ];
};

const messages: Scenario = async () => {
  const { port1, port2 } = new MessageChannel();
  const sent = { list: [1, { a: 2n.toString() }] };
  const got = new Promise((resolve) => {
    port2.addEventListener("message", (event: MessageEvent) => resolve(event.data), { once: true });
  });
  port2.start();
  port1.postMessage(sent);
  sent.list.length = 0;
  const data = await got;
  port1.close();
  return data;
};

const properties: Scenario = () => [
  Array.from("aé1_Ω!", (each) => /\p{L}/u.test(each)),
  Array.from("aBß", (each) => /^\p{Lu}$/u.test(each)),
  "naïve café".replaceAll(/[^\p{Letter}]+/gu, "-"),
  /[\p{L}--[a-z]]/v.test("é"),
  /[\p{L}--[a-z]]/v.test("e"),
  new RegExp("^\\p{Script=Greek}+$", "u").test("Ωμ"),
  /\P{ASCII}/u.test("abc"),
];

const forms: Scenario = () => [
  "e\u0301".normalize(),
  "\u00e9".normalize("NFD").length,
  "\u1e9b\u0323".normalize("NFD"),
  "가".normalize("NFD").length,
  "\u1112\u1161\u11ab".normalize("NFC"),
  "q\u0307\u0323".normalize("NFC"),
];

/** By name; each gives the same wherever it is run. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  forms,
  messages,
  patterns,
  pipes,
  properties,
  responses,
  streamsFrom,
  textStreams,
  urls,
};
