/** Thread body: turns component bytes into JavaScript glue and core modules (1–2 s of computation), then ends. */

import { parentPort, workerData } from "node:worker_threads";

import { transpileBytes } from "@bytecodealliance/jco-transpile";

import type { TranspileRequest, TranspileReply } from "./transpiler.ts";

const request = workerData as TranspileRequest;
const { files } = await transpileBytes(request.wasm, {
  name: "component",
  instantiation: "async",
  asyncMode: "jspi",
  asyncImports: [...request.asyncImports],
  asyncExports: [...request.asyncExports],
  emitTypescriptDeclarations: false,
  wasiShim: false,
  base64Cutoff: 0,
});
parentPort?.postMessage({ files } satisfies TranspileReply);
