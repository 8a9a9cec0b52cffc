import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CompileTasks } from "./compile-tasks.ts";

export interface ThreadData {
  /** Where this process keeps compiled JavaScript, if it does. */
  readonly compileCache: string | undefined;
}

export interface TaskRequest {
  readonly task: keyof CompileTasks;
  readonly input: unknown;
}

export type TaskReply = { readonly result: unknown } | { readonly error: string };

/** A task took too long; its thread is no more. */
export class TaskTimeout extends Error {
  override readonly name = "TaskTimeout";
}

/** More threads would want more memory than they save time: each holds an engine or two. */
const MOST_THREADS = 4;

/**
 * Threads that splice and initialise engines, as many as there are cores. They begin when they are needed, stay warm for the
 * next task, and keep no process alive that has nothing else to do.
 */
export class CompileThreads implements AsyncDisposable {
  readonly #idle: Worker[] = [];
  readonly #waiting: ((thread: Worker) => void)[] = [];
  readonly #all = new Set<Worker>();

  /** Begins a thread, if there is none: the first task need not wait for that. */
  start(): void {
    if (this.#all.size === 0) this.#idle.push(this.#begin());
  }

  /**
   * Does a task as soon as a thread is free.
   *
   * @param timeLimit in milliseconds, of the task itself
   * @throws Error with what the task threw, or {@link TaskTimeout}
   */
  async run<T extends keyof CompileTasks>(
    task: T,
    input: Parameters<CompileTasks[T]>[0],
    timeLimit?: number,
  ): Promise<Awaited<ReturnType<CompileTasks[T]>>> {
    const thread = await this.#take();
    try {
      const reply = await askThread(thread, { task, input }, timeLimit);
      if ("error" in reply) throw new Error(reply.error);
      return reply.result as Awaited<ReturnType<CompileTasks[T]>>;
    } catch (error) {
      if (error instanceof TaskTimeout) await this.#end(thread);
      throw error;
    } finally {
      this.#release(thread);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#all, (thread) => this.#end(thread)));
  }

  async #take(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.size < Math.min(availableParallelism(), MOST_THREADS)) return this.#begin();
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  #begin(): Worker {
    const workerData: ThreadData = { compileCache: getCompileCacheDir() };
    const thread = new Worker(new URL("compile-thread.ts", import.meta.url), { execArgv: [], workerData });
    thread.unref();
    thread.once("exit", () => this.#all.delete(thread));
    this.#all.add(thread);
    return thread;
  }

  #release(thread: Worker): void {
    const next = this.#waiting.shift();
    const usable = this.#all.has(thread) ? thread : undefined;
    if (next !== undefined) next(usable ?? this.#begin());
    else if (usable !== undefined) this.#idle.push(usable);
  }

  async #end(thread: Worker): Promise<void> {
    this.#all.delete(thread);
    await thread.terminate();
  }
}

function askThread(thread: Worker, request: TaskRequest, timeLimit: number | undefined): Promise<TaskReply> {
  const { promise, resolve, reject } = Promise.withResolvers<TaskReply>();
  const timer =
    timeLimit === undefined
      ? undefined
      : setTimeout(() => reject(new TaskTimeout(`nothing after ${timeLimit / 1000} s`)), timeLimit);
  const fail = (error: unknown): void => reject(error instanceof Error ? error : new Error(String(error)));
  const exit = (code: number): void => fail(new Error(`the thread of the compiler ended with code ${code}`));
  thread.ref();
  thread.once("message", resolve).once("error", fail).once("exit", exit);
  thread.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off("message", resolve).off("error", fail).off("exit", exit).unref();
  });
}
