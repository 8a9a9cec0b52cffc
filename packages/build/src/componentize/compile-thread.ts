/** Thread body: does one task after the other, as `CompileThreads` sends them. */
import { parentPort } from "node:worker_threads";
import { ThreadTasks } from "./compile-tasks.ts";
import type { TaskReply, TaskRequest } from "./compile-threads.ts";

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
