import type { Host, HostEvent, PublicOplogEntry } from "@golem-kit/host";
import type { NamedWorker, NewDevEvent } from "./dev-event.ts";
import { hasPlaces, type ProgramMaps } from "./program-maps.ts";
import { shownResult, shownValue } from "./shown-value.ts";

/** Events that may wait for their arguments, results and places; beyond that they are told without. */
const MOST_WAITING = 200;

/** Calls that are open and whose begin is remembered, to tell how long they took. */
const MOST_OPEN = 10_000;

export interface WorkerFeedOptions {
  readonly maps: ProgramMaps;
  readonly emit: (event: NewDevEvent) => void;
  /** Whether somebody wants to know of a worker, `shop:cart/ada`. */
  readonly wants: (worker: string) => boolean;
}

/** What workers do and say, in order, with arguments, results and places in TypeScript. */
export class WorkerFeed {
  readonly #options: WorkerFeedOptions;
  readonly #begun = new Map<string, number>();
  readonly #errorOutput = new Map<string, TextDecoder>();
  readonly #output = new Map<string, TextDecoder>();
  /** When each worker was last called, by id, the latest last. */
  readonly #called = new Map<string, number>();
  #told = Promise.resolve();
  #waiting = 0;

  constructor(options: WorkerFeedOptions) {
    this.#options = options;
  }

  /** How lately a worker was called: a larger number later; 0 if that is not known. */
  lastCall(componentId: string, workerName: string): number {
    return this.#called.get(`${componentId}/${workerName}`) ?? 0;
  }

  /** Resolves when all is told that has happened so far. */
  async settled(): Promise<void> {
    await this.#told;
  }

  take(host: Host, event: HostEvent): void {
    if ("InvocationStart" in event.event) this.#noteCall(event);
    if (!this.#options.wants(event.worker)) return;
    const inFull = this.#waiting < MOST_WAITING;
    this.#waiting += 1;
    const now = performance.now();
    this.#told = this.#told
      .then(() => this.#tell(host, event, now, inFull))
      .catch(() => undefined)
      .finally(() => (this.#waiting -= 1));
  }

  #noteCall({ workerId: { componentId, workerName } }: HostEvent): void {
    const key = `${componentId}/${workerName}`;
    this.#called.delete(key);
    this.#called.set(key, performance.now());
    forgetOldest(this.#called);
  }

  async #tell(
    host: Host,
    { workerId, worker, index, event }: HostEvent,
    now: number,
    inFull: boolean,
  ): Promise<void> {
    const { emit } = this.#options;
    const name = named(worker);
    const entry = async (): Promise<PublicOplogEntry | undefined> =>
      inFull ? (await host.workers.oplog(workerId, { from: index, count: 1 })).entries[0]?.entry : undefined;
    const locate = (text: string): Promise<string> =>
      this.#locate(host, { workerId, component: name.component }, text);
    if ("InvocationStart" in event) {
      const { function: called, idempotency_key: key } = event.InvocationStart;
      this.#begun.set(`${worker} ${key}`, now);
      forgetOldest(this.#begun);
      const found = await entry();
      const args = found?.type === "ExportedFunctionInvoked" ? argumentsOf(found) : undefined;
      emit({ type: "call", ...name, function: called, key, ...(args !== undefined && { arguments: args }) });
    } else if ("InvocationFinished" in event) {
      const { function: called, idempotency_key: key } = event.InvocationFinished;
      const begun = this.#begun.get(`${worker} ${key}`);
      const found = await entry();
      const error = found?.type === "Error" ? await locate(String(found["error"])) : undefined;
      // An attempt that has failed may be made again.
      if (error === undefined) this.#begun.delete(`${worker} ${key}`);
      const result = found?.type === "ExportedFunctionCompleted" ? shownResult(found["response"]) : undefined;
      emit({
        type: "answer",
        ...name,
        function: called,
        key,
        ...(begun !== undefined && { ms: now - begun }),
        ...(result !== undefined && { result }),
        ...(error !== undefined && { error }),
      });
    } else if ("StdOut" in event) {
      const text = decoded(this.#output, worker, event.StdOut.bytes);
      emit({ type: "print", ...name, stream: "stdout", text });
    } else if ("StdErr" in event) {
      const text = decoded(this.#errorOutput, worker, event.StdErr.bytes);
      emit({ type: "print", ...name, stream: "stderr", text: await locate(text) });
    } else {
      const { level, context, message } = event.Log;
      emit({ type: "log", ...name, level, context, message: await locate(message) });
    }
  }

  async #locate(
    host: Host,
    { workerId, component }: Pick<HostEvent, "workerId"> & { readonly component: string },
    text: string,
  ): Promise<string> {
    if (!hasPlaces(text)) return text;
    const { componentVersion } = await host.workers.get(workerId);
    return this.#options.maps.locate(text, component, componentVersion);
  }
}

/** `shop:cart/ada` */
function named(worker: string): NamedWorker {
  const end = worker.indexOf("/");
  return { component: worker.slice(0, end), worker: worker.slice(end + 1) };
}

function argumentsOf(entry: PublicOplogEntry): string {
  return (entry["request"] as readonly unknown[]).map(shownValue).join(", ");
}

/** Keeps the characters that one event begins and the next one ends. */
function decoded(decoders: Map<string, TextDecoder>, worker: string, bytes: readonly number[]): string {
  const decoder = decoders.get(worker) ?? new TextDecoder();
  decoders.delete(worker);
  decoders.set(worker, decoder);
  forgetOldest(decoders);
  return decoder.decode(Uint8Array.from(bytes), { stream: true });
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST_OPEN && oldest !== undefined) map.delete(oldest);
}
