import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DevEvent } from "@golem-kit/dev";
import { UserError } from "./user-error.ts";

/** An event of one type. */
export type DevEventOf<Type extends DevEvent["type"]> = Extract<DevEvent, { readonly type: Type }>;

/** A `golem-kit dev --json` in a process of its own. */
export interface DevProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** All events so far. */
  readonly events: readonly DevEvent[];
  /**
   * The first event of a type that comes behind those with this number, and that is wanted.
   *
   * @throws UserError with all that came instead, if it does not come within 90 seconds or the process ends
   */
  event<Type extends DevEvent["type"]>(
    type: Type,
    wanted?: (event: DevEventOf<Type>) => boolean,
    behind?: number,
  ): Promise<DevEventOf<Type>>;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
  end(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<number | null>;
}

/** Milliseconds that an event may take to come: builds of a busy machine are slow. */
const PATIENCE = 90_000;

/** Characters of its standard error. */
const KEPT = 65_536;

/**
 * Starts the loop on an application, and waits until that is deployed.
 *
 * @param options more of `golem-kit dev`
 * @throws UserError with what it said, when it ends instead
 */
export async function startDev(directory: string, options: readonly string[] = []): Promise<DevProcess> {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "dev", "--port", "0", "--json", ...options], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const events: DevEvent[] = [];
  const looks = new Set<() => void>();
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-KEPT)));
  createInterface({ input: child.stdout }).on("line", (line) => {
    events.push(JSON.parse(line) as DevEvent);
    for (const look of looks) look();
  });
  const event: DevProcess["event"] = <Type extends DevEvent["type"]>(
    type: Type,
    wanted: (event: DevEventOf<Type>) => boolean = () => true,
    behind = 0,
  ) => {
    const { promise, resolve, reject } = Promise.withResolvers<DevEventOf<Type>>();
    let looked = behind;
    const look = (): void => {
      for (; looked < events.length; looked += 1) {
        const each = events[looked];
        if (each?.type === type && wanted(each as DevEventOf<Type>)) resolve(each as DevEventOf<Type>);
      }
    };
    const fail = (why: string): void => {
      const others = events.slice(behind).map((each) => JSON.stringify(each));
      reject(new UserError(`${why} no \`${type}\` came. ${complaint}\n${others.join("\n")}`));
    };
    const timer = setTimeout(() => fail(`In ${PATIENCE / 1000} s`), PATIENCE);
    void exited.then(() => fail("It has ended:"));
    looks.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      looks.delete(look);
    });
  };
  const end: DevProcess["end"] = async (signal) => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  try {
    const { url } = await event("listening");
    const dispose = async (): Promise<void> => void (await end("SIGKILL"));
    return { url, pid: child.pid ?? 0, events, event, end, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
}
