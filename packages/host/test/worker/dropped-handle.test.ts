import { expect, test } from "vitest";

import { failure } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["tracer"]);

test.each([
  ["a method of it", false, "[method]pollable.ready"],
  ["a function that takes it", true, "poll"],
])("after a handle was dropped, calling %s is a trap that names both", async (_, passOn, fn) => {
  const worker = hosted().worker(`dropped-${passOn}`, "tracer");
  const text = await failure(worker.call("use-after-drop", passOn));
  expect(text.replaceAll(/@[\d.]*\d/g, "")).toContain(
    `wasm trap: unknown handle: wasi:io/poll.${fn} was given a wasi:io/poll/pollable that the component does not hold`,
  );
});
