import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { DerivedFile } from "../../src/storage/derived-file.ts";
import { partitionOf } from "../../src/storage/worker-partition.ts";
import { decodeImage, encodeImage } from "../../src/worker/worker-image.ts";
import { fixtureComponent, type FixtureName } from "../fixtures/fixture-component.ts";
import { Hosted } from "../hosted.ts";

/** Where the image of the only worker of its partition is. */
function imageOf(hosted: Hosted, name: string, component: FixtureName = "probe"): string {
  const folder = join(hosted.dataDir, "images", String(partitionOf(hosted.worker(name, component).id)));
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return join(folder, files.find((file) => file.endsWith(".image")) ?? "none");
}

function fileOf(hosted: Hosted, name: string): DerivedFile {
  return new DerivedFile(imageOf(hosted, name));
}

interface Counted extends AsyncDisposable {
  readonly hosted: Hosted;
  /** The name of the other worker. */
  readonly other: string;
}

/** A worker `three` that has counted to 3, one of another partition that has counted to 5, and the host closed. */
async function counted(): Promise<Counted> {
  const hosted = await Hosted.open(["probe"], { imageAfter: 0 });
  const three = partitionOf(hosted.worker("three").id);
  const names = Array.from({ length: 64 }, (_, at) => `five-${at}`);
  const other = names.find((name) => partitionOf(hosted.worker(name).id) !== three) ?? "none";
  await hosted.worker("three").call("add", 3n);
  await hosted.worker(other).call("add", 5n);
  await hosted.stop();
  return { hosted, other, [Symbol.asyncDispose]: () => hosted[Symbol.asyncDispose]() };
}

/** Puts what another worker was in the place of what this one was, as if it had the same past. */
function swap({ hosted, other }: Counted): void {
  const [own, foreign] = ["three", other].map((each) => fileOf(hosted, each).read(decodeImage));
  if (own === undefined || foreign === undefined) throw new Error("There are no two images");
  fileOf(hosted, "three").write(encodeImage({ ...own, instance: foreign.instance }));
}

describe("an image of a worker that rested", () => {
  test("is what it comes back from", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    swap(workers);
    await hosted.start();
    expect(await hosted.worker("three").call("add", 0n)).toBe(5n);
  });

  test("is not used by a host that replays", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    swap(workers);
    await hosted.start({ recovery: "replay" });
    expect(await hosted.worker("three").call("add", 0n)).toBe(3n);
  });

  test("is forgotten when it is damaged", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    swap(workers);
    const image = readFileSync(imageOf(hosted, "three"));
    image[image.length >> 1] = (image[image.length >> 1] ?? 0) ^ 1;
    writeFileSync(imageOf(hosted, "three"), image);
    await hosted.start();
    expect(await hosted.worker("three").call("add", 0n)).toBe(3n);
  });

  test("is forgotten when what follows it in the oplog does not", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    swap(workers);
    await hosted.start({ recovery: "replay" });
    expect(await hosted.worker("three").call("add", 10n)).toBe(13n);
    await hosted.restart({ imageAfter: 1_000 });
    expect(await hosted.worker("three").call("add", 0n)).toBe(13n);
    expect(existsSync(imageOf(hosted, "three"))).toBe(false);
  });

  test("is forgotten when it is of other code", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    const file = imageOf(hosted, "three");
    const image = fileOf(hosted, "three").read(decodeImage);
    if (image === undefined) throw new Error("There is no image");
    const guest = { ...image.instance.guest, globals: [] };
    fileOf(hosted, "three").write(encodeImage({ ...image, instance: { ...image.instance, guest } }));
    await hosted.start({ imageAfter: 1_000 });
    expect(await hosted.worker("three").call("add", 0n)).toBe(3n);
    expect(existsSync(file)).toBe(false);
  });

  test("is no other past's", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    writeFileSync(imageOf(hosted, "three"), readFileSync(imageOf(hosted, workers.other)));
    await hosted.start();
    expect(await hosted.worker("three").call("add", 0n)).toBe(3n);
  });

  test("is of no use once it was reverted", async () => {
    await using hosted = await Hosted.open(["probe"], { imageAfter: 0 });
    const worker = hosted.worker("reverted");
    await worker.call("add", 3n);
    await worker.call("add", 4n);
    await hosted.host.workers.revert(worker.id, { type: "revertLastInvocations", numberOfInvocations: 1 });
    expect(await worker.call("add", 0n)).toBe(3n);
  });

  test("is of no use for a new version, which proves itself by a replay", async () => {
    await using hosted = await Hosted.open(["probe"], { imageAfter: 0 });
    const worker = hosted.worker("updated");
    await worker.call("add", 3n);
    const doubling = await fixtureComponent("probe", (source) =>
      source.replaceAll("total += by", "total += 2n * by"),
    );
    await hosted.host.components.update(hosted.componentId("probe"), doubling);
    await hosted.host.workers.update(worker.id, "Automatic", 1);
    expect(await worker.call("add", 1n)).toBe(4n);
    expect((await worker.metadata()).updates.map(({ type }) => type)).toEqual(["failedUpdate"]);
  });

  test("goes with the worker", async () => {
    await using workers = await counted();
    const { hosted } = workers;
    await hosted.start();
    await hosted.host.workers.delete(hosted.worker("three").id);
    expect(existsSync(imageOf(hosted, "three"))).toBe(false);
  });
});

test("a worker that holds what others bring about has no image, and whoever runs the host is told", async () => {
  const notices: string[] = [];
  const options = {
    imageAfter: 0,
    onNotice: ({ message }: { readonly message: string }) => notices.push(message),
  };
  await using hosted = await Hosted.open(["spinner"], options);
  await hosted.worker("timers", "spinner").call("hold-timers", 3);
  await expect.poll(() => notices.join()).toContain("it holds wasi:io/poll#pollable");
  expect(existsSync(imageOf(hosted, "timers", "spinner"))).toBe(false);
});

describe("what the first part of an oplog says", () => {
  test("is known without reading it", async () => {
    await using hosted = await Hosted.open(["probe"], { imageAfter: 0 });
    const worker = hosted.worker("keyed");
    await worker.callWithKey("once", "add", 1n);
    const before = await worker.metadata();
    await hosted.restart();
    expect(await worker.metadata()).toEqual(before);
    expect(await worker.callWithKey("once", "add", 1n)).toBe(1n);
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("is read again when what is kept of it is damaged", async () => {
    await using hosted = await Hosted.open(["probe"], { imageAfter: 0 });
    const worker = hosted.worker("keyed");
    await worker.callWithKey("once", "add", 1n);
    await hosted.stop();
    const folder = join(hosted.dataDir, "images", String(partitionOf(worker.id)));
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "nothing of use");
    await hosted.start();
    expect(await worker.callWithKey("once", "add", 1n)).toBe(1n);
  });
});
