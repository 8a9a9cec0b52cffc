/** Thread body: turns component bytes into JavaScript glue and core modules (1–2 s of computation), then ends. */

import { parentPort, workerData } from "node:worker_threads";

import { transpileBytes } from "@bytecodealliance/jco-transpile";

import { exportGlobals } from "./exported-globals.ts";
import { exportStart } from "./exported-start.ts";
import { mendGlue } from "./mend-glue.ts";
import { withYieldPoints } from "./preemption/yield-points.ts";
import { slimModules } from "./slim-modules.ts";
import type { TranspileRequest, TranspileReply } from "./transpiler.ts";

const request = workerData as TranspileRequest;
const slim = slimModules(request.wasm);
const { files } = await transpileBytes(slim.wasm, {
  name: "component",
  instantiation: "async",
  asyncMode: "jspi",
  asyncImports: [...request.asyncImports],
  asyncExports: [...request.asyncExports],
  emitTypescriptDeclarations: false,
  wasiShim: false,
  base64Cutoff: 0,
});
const glue = files["component.js"];
if (glue === undefined) throw new Error("jco gave no component.js");
const mended = new TextEncoder().encode(mendGlue(new TextDecoder().decode(glue)));
const modules = Object.entries(files)
  .filter(([name]) => name.endsWith(".wasm"))
  .map(
    ([name, module]) => [name, exportStart(withYieldPoints(exportGlobals(slim.restore(module))))] as const,
  );
const numbers = Object.entries(files).flatMap(([name, module]) => {
  const number = slim.numberOf(module);
  return number === undefined ? [] : [[name, number] as const];
});
parentPort?.postMessage({
  files: { "component.js": mended, ...Object.fromEntries(modules) },
  numbers: Object.fromEntries(numbers),
} satisfies TranspileReply);
