/** Thread body: does one task after the other, as `CompileThreads` sends them. */
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { TaskReply, TaskRequest, ThreadData } from "./compile-threads.ts";

const { compileCache } = workerData as ThreadData;
if (compileCache !== undefined) enableCompileCache(compileCache);
const { ThreadTasks } = await import("./compile-tasks.ts");
const tasks = new ThreadTasks();

parentPort?.on("message", ({ task, input }: TaskRequest) => {
  const run = tasks[task].bind(tasks) as (input: unknown) => Promise<unknown>;
  void run(input).then(
    (result) => reply({ result }),
    (error: unknown) =>
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

function reply(message: TaskReply): void {
  parentPort?.postMessage(message);
}
