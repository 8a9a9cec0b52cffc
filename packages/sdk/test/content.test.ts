import { describe, expect, test } from "vitest";

import { chunksOf, streamOf, type Content } from "../src/content.ts";

async function bytesOf(content: Content): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of chunksOf(content)) bytes.push(...chunk);
  return bytes;
}

async function* counting(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  yield Uint8Array.of(1, 2);
  yield Uint8Array.of(3);
}

describe("chunksOf", () => {
  test.each<[string, () => Content, number[]]>([
    ["text", () => "é", [0xc3, 0xa9]],
    ["bytes", () => Uint8Array.of(7), [7]],
    ["a list of chunks", () => [Uint8Array.of(1), Uint8Array.of(2)], [1, 2]],
    ["a generator", counting, [1, 2, 3]],
    ["a web stream", () => streamOf(counting()), [1, 2, 3]],
  ])("takes %s", async (_, content, expected) => {
    expect(await bytesOf(content())).toEqual(expected);
  });

  test("cancels a stream that is not read to its end", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(Uint8Array.of(1)),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _ of chunksOf(endless)) break;
    expect(cancelled).toBe(true);
  });
});

test("cancelling a stream ends the generator behind it", async () => {
  let ended = false;
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield Uint8Array.of(1);
      yield Uint8Array.of(2);
    } finally {
      ended = true;
    }
  }
  const reader = streamOf(source()).getReader();
  await reader.read();
  await reader.cancel();
  expect(ended).toBe(true);
});
