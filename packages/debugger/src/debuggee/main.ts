/** Process body: the debuggee, in which a program runs under a debugger. */

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { worldOfComponent } from "@golem-kit/wit";

import type { Job } from "../job.ts";
import { Debuggee } from "./debuggee.ts";

const { process } = globalThis;
// The time zone of a component's engine.
process.env["TZ"] = "UTC";
const [job] = (await once(process, "message")) as [Job];
process.disconnect?.();
const world = worldOfComponent(await readFile(job.replay.component.wasmPath));
await new Debuggee(job, world, process).run();
