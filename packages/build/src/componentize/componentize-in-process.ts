import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ComponentizeInput } from "./componentize.ts";

type Answer = { readonly component: Uint8Array } | { readonly error: string };

/**
 * Componentizes in a process of its own, so that this one stays responsive and several run side by side. (Not on a thread:
 * componentize-js hands its standard output to wizer.)
 *
 * @throws Error with what componentize-js says, which may contain the program's own exception
 */
export async function componentizeInProcess(input: ComponentizeInput): Promise<Uint8Array> {
  const script = fileURLToPath(new URL("componentize-process.ts", import.meta.url));
  const child = fork(script, [JSON.stringify(input)], {
    serialization: "advanced",
    silent: true,
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
  child.on("message", (answer) => resolve(answer as Answer));
  child.on("error", reject);
  child.on("close", () => resolve({ error: output || "the component compiler ended without an answer" }));
  const answer = await promise;
  if ("component" in answer) return answer.component;
  throw new Error(answer.error);
}
