import { isSdkError } from "@golem-kit/sdk";
import {
  containerExists,
  copyObject,
  createContainer,
  deleteContainer,
  moveObject,
  openContainer,
} from "@golem-kit/sdk/blobstore";
import { readFile, writeFile } from "@golem-kit/sdk/fs";
import { bytesCodec, openBucket, textCodec } from "@golem-kit/sdk/keyvalue";
import { identity } from "@golem-kit/sdk/env";

const MEBIBYTE = 1_048_576;

const kept = openBucket("kept");

export const stores = {
  "kept bucket": () => kept.has("anything"),
  bucket: async () => {
    using bucket = openBucket<{ n: number }>(own("bucket"));
    const before = [await bucket.get("a"), await bucket.has("a"), await bucket.keys()];
    await bucket.set("a", { n: 1 });
    await bucket.setMany([
      ["b", { n: 2 }],
      ["c", { n: 3 }],
    ]);
    const all = [await bucket.getMany(["c", "a"]), await bucket.getMany(["a", "none"]), await bucket.keys()];
    const sizes = [await bucket.size("a"), await bucket.size("none")];
    await bucket.delete("a");
    await bucket.deleteMany(["b", "none"]);
    return { before, all, sizes, left: await bucket.keys() };
  },
  codecs: async () => {
    using text = openBucket(own("text"), { codec: textCodec });
    using bytes = openBucket(own("text"), { codec: bytesCodec });
    await text.set("k", "é");
    await text.set("empty", "");
    return { bytes: [...((await bytes.get("k")) ?? [])], empty: await text.get("empty") };
  },
  container: async () => {
    using container = openContainer(own("container"), { create: true });
    await container.put("text", "Grüße");
    await container.putJson("json", { n: 1 });
    await container.put("empty", new Uint8Array());
    await container.put("stream", new Response("streamed").body ?? "");
    const found = {
      text: await container.text("text"),
      json: await container.json("json"),
      empty: (await container.bytes("empty"))?.length,
      emptyStream: await new Response(await container.stream("empty")).text(),
      stream: await new Response(await container.stream("stream")).text(),
      part: await new Response(await container.stream("stream", { start: -4, end: -1 })).text(),
      beyond: (await container.bytes("text", { start: 100 }))?.length,
      unbounded: (await container.bytes("text", { start: -Infinity, end: Infinity }))?.length,
      missing: [await container.text("none"), await container.stream("none"), await container.info("none")],
      info: (await container.info("stream"))?.size,
      has: [await container.has("text"), await container.has("none")],
      names: await Array.fromAsync(container.list()),
      prefixed: await Array.fromAsync(container.list({ prefix: "e" })),
      skipped: await Array.fromAsync(container.list({ skip: 3 })),
      described: (await container.describe()).name === container.name,
    };
    await container.delete("text");
    await container.deleteMany(["json", "none"]);
    const left = await Array.fromAsync(container.list());
    await container.clear();
    return { ...found, left, cleared: (await Array.fromAsync(container.list())).length };
  },
  containers: async () => {
    const [from, to] = [own("from"), own("to")];
    await createContainer(from);
    await createContainer(to);
    using source = openContainer(from);
    using target = openContainer(to);
    await source.put("a", "A");
    await copyObject({ container: from, object: "a" }, { container: to, object: "copied" });
    await moveObject({ container: from, object: "a" }, { container: to, object: "moved" });
    const names = [await Array.fromAsync(source.list()), await Array.fromAsync(target.list())];
    await deleteContainer(from);
    return { names, exist: [await containerExists(from), await containerExists(to)] };
  },
  "failed stores": async () => {
    using missing = openContainer(own("missing"));
    using container = openContainer(own("failing"), { create: true });
    return await Promise.all([
      failureOf(() => missing.text("x")),
      failureOf(() => missing.put("x", "y")),
      failureOf(() => missing.describe()),
      failureOf(() => Array.fromAsync(container.list({ skip: -1 }))),
      failureOf(() =>
        copyObject({ container: own("failing"), object: "x" }, { container: own("failing"), object: "y" }),
      ),
      failureOf(() => container.put("x", interrupted())),
      container.has("x"),
    ]);
  },
  /** Bytes that the platform gave, on to wherever bytes are taken. */
  "bytes handed on": async () => {
    using bucket = openBucket(own("bytes"), { codec: bytesCodec });
    using container = openContainer(own("bytes"), { create: true });
    await bucket.set("a", Uint8Array.of(1, 2, 3));
    const fromBucket = (await bucket.get("a")) ?? "";
    await container.put("b", fromBucket);
    const fromContainer = (await container.bytes("b")) ?? "";
    await writeFile("c", fromContainer);
    await writeFile("d", await readFile("c"));
    await container.put("e", await readFile("d"));
    const handedOn = await container.bytes("e");
    return [handedOn instanceof Uint8Array, [...(handedOn ?? [])]];
  },
  "text for bytes": async () => {
    using container = openContainer(own("texts"), { create: true });
    return [
      await failureOf(() => container.put("x", ofText())),
      await failureOf(() => writeFile("x", ofText())),
    ];
  },
  "large object": async (mebibytes: string) => {
    using container = openContainer(own("large"), { create: true });
    const size = Number(mebibytes) * MEBIBYTE;
    await container.put("object", pieces(size));
    let sum = 0;
    for await (const chunk of (await container.stream("object")) ?? []) sum += chunk.length;
    await container.delete("object");
    return sum === size;
  },
};

/** Of this worker alone. */
function own(name: string): string {
  return `${name}-${identity().workerName}`;
}

function* pieces(size: number): Generator<Uint8Array> {
  const piece = new Uint8Array(MEBIBYTE).fill(7);
  for (let sent = 0; sent < size; sent += MEBIBYTE) yield piece;
}

async function* interrupted(): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(1);
  throw new Error("the source has dried up");
}

/** What nobody has said what it is of. */
function ofText() {
  return new ReadableStream({
    start(controller) {
      controller.enqueue("text");
      controller.close();
    },
  });
}

async function failureOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return "no error";
  } catch (error) {
    return isSdkError(error)
      ? [error.code, error.operation, error.message, String(error.cause)]
      : String(error);
  }
}
