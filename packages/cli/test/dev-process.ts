import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DevEvent } from "@golem-kit/dev";
import { onTestFinished } from "vitest";
import { applicationRoot, type End, golemKitIn } from "./golem-kit.ts";

type EventOf<Type extends DevEvent["type"]> = Extract<DevEvent, { readonly type: Type }>;

/** A `golem-kit dev --json` in a process of its own, on an application in a directory of its own. */
export interface DevProcess {
  readonly directory: string;
  readonly url: string;
  readonly pid: number;
  /** All events so far. */
  readonly events: readonly DevEvent[];
  /** What it has written on its standard error so far. */
  readonly complaints: () => string;
  /** The first event of a type that comes behind those with this number, and that is wanted. */
  event<Type extends DevEvent["type"]>(
    type: Type,
    wanted?: (event: EventOf<Type>) => boolean,
    behind?: number,
  ): Promise<EventOf<Type>>;
  /** Writes a file of the application. @returns how many events there were before */
  save(path: string, edit: (text: string) => string): Promise<number>;
  /** Runs `golem-kit` on this server. */
  golemKit(command: string, ...args: readonly string[]): Promise<End>;
  /** Sends a signal and waits for the end. */
  end(
    signal?: "SIGTERM" | "SIGINT" | "SIGKILL",
  ): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** Milliseconds that an event may take to come: builds of a busy machine are slow. */
const PATIENCE = 90_000;

/** Starts it and waits until the application is deployed. Ends with the test. */
export async function startDev(directory: string, ...options: readonly string[]): Promise<DevProcess> {
  const main = join(applicationRoot, "packages", "cli", "src", "main.ts");
  const child = spawn(process.execPath, [main, "dev", "--port", "0", "--json", ...options], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const events: DevEvent[] = [];
  const looks = new Set<() => void>();
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  createInterface({ input: child.stdout }).on("line", (line) => {
    events.push(JSON.parse(line) as DevEvent);
    for (const look of looks) look();
  });
  const event: DevProcess["event"] = <Type extends DevEvent["type"]>(
    type: Type,
    wanted: (event: EventOf<Type>) => boolean = () => true,
    behind = 0,
  ) => {
    const { promise, resolve, reject } = Promise.withResolvers<EventOf<Type>>();
    const look = (): void => {
      const found = events.slice(behind).find((each) => each.type === type && wanted(each as EventOf<Type>));
      if (found !== undefined) resolve(found as EventOf<Type>);
    };
    const fail = (why: string): void =>
      reject(
        new Error(
          `${why}, no ${type}: ${complaint}\n${events
            .slice(behind)
            .map((each) => JSON.stringify(each))
            .join("\n")}`,
        ),
      );
    const timer = setTimeout(() => fail(`In ${PATIENCE / 1000} s`), PATIENCE);
    void exited.then(() => fail("It has ended"));
    looks.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      looks.delete(look);
    });
  };
  const { url } = await event("listening");
  return {
    directory,
    url,
    pid: child.pid ?? 0,
    events,
    complaints: () => complaint,
    event,
    async save(path, edit) {
      const before = events.length;
      const file = join(directory, path);
      await writeFile(file, edit(await readFile(file, "utf8").catch(() => "")));
      return before;
    },
    golemKit: (command, ...args) => golemKitIn(directory, command, ...args, "--url", url),
    async end(signal = "SIGTERM") {
      const start = performance.now();
      child.kill(signal);
      const [code] = await exited;
      return { code, ms: performance.now() - start };
    },
  };
}

/** The result that a worker answers, as the command line prints it. */
export async function invoke(
  dev: Pick<DevProcess, "golemKit">,
  component: string,
  worker: string,
  ...call: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await dev.golemKit("invoke", component, worker, ...call);
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}
