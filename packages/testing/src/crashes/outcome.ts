import { ResultError } from "@golem-kit/sdk";
import {
  type Component,
  type OplogPage,
  readOplog,
  type SharedContents,
  type WorkerId,
} from "@golem-kit/host";
import { InvocationError } from "../failure/invocation-error.ts";
import type { TestHost } from "../test-host.ts";
import { withoutPromiseIndexes } from "./without-promise-indexes.ts";

export type OplogEntries = OplogPage["entries"];

/** A worker with all that it has recorded. */
export interface RecordedWorker {
  readonly id: WorkerId;
  readonly component: Component;
  readonly entries: OplogEntries;
}

/** What others can see of a worker. */
interface RecordedStory {
  readonly status: string;
  readonly invocations: readonly unknown[];
  readonly log: readonly unknown[];
}

/** What came of a scenario, in plain values. */
export interface Outcome {
  readonly result: unknown;
  /** By `shop:cart/ada`. */
  readonly workers: Readonly<Record<string, RecordedStory>>;
  readonly keyValue: unknown;
  readonly blobs: unknown;
}

/** Every worker of these components, in order of creation. */
export async function recordedWorkers(
  host: TestHost,
  components: Iterable<Component>,
): Promise<readonly RecordedWorker[]> {
  const workers: RecordedWorker[] = [];
  for (const component of components) {
    const { componentId } = component.versionedComponentId;
    const listing = await host.workers.list(componentId, { count: 10_000 });
    for (const { workerId } of listing.workers)
      workers.push({ id: workerId, component, entries: await readOplog(host, workerId) });
  }
  return workers;
}

export async function outcomeOf(
  host: TestHost,
  result: unknown,
  workers: readonly RecordedWorker[],
): Promise<Outcome> {
  const described = await Promise.all(
    workers.map(async (worker) => {
      const { status } = await host.workers.get(worker.id);
      const { invocations, log } = story(worker.entries);
      const told = {
        invocations: invocations.map(withoutPromiseIndexes),
        log: log.map(withoutPromiseIndexes),
      };
      return [workerTitle(worker), { status, ...told }] as const;
    }),
  );
  const { keyValue, blobs } = host.simulation.contents();
  return {
    result: withoutPromiseIndexes(result),
    workers: Object.fromEntries(described),
    keyValue: withoutPromiseIndexes(readable(keyValue)),
    blobs: withoutPromiseIndexes(readable(blobs)),
  };
}

/** `shop:cart/ada` */
export function workerTitle({ component, id }: Pick<RecordedWorker, "component" | "id">): string {
  return `${component.componentName}/${id.workerName}`;
}

/** How a scenario has ended. */
export interface Settled {
  /** What it returned or threw, in plain values. */
  readonly result: unknown;
  /** There if it has thrown. */
  readonly thrown?: { readonly error: unknown };
}

export async function settle(run: () => Promise<unknown>): Promise<Settled> {
  try {
    const returned = plain(await run());
    return { result: returned === undefined ? {} : { returned } };
  } catch (error) {
    return { result: thrownResult(error), thrown: { error } };
  }
}

function thrownResult(error: unknown): unknown {
  const payload = error instanceof ResultError ? { payload: plain(error.payload) } : {};
  return { thrown: plain(error), ...payload };
}

/** A worker's invocations with their results, and its log. */
function story(entries: OplogEntries): Pick<RecordedStory, "invocations" | "log"> {
  const deleted = entries.flatMap(({ entry }) => deletedRegion(entry) ?? []);
  const invocations: { function: unknown; params: unknown; result?: unknown }[] = [];
  const log: unknown[] = [];
  for (const { oplogIndex, entry } of entries) {
    if (deleted.some(({ start, end }) => oplogIndex >= start && oplogIndex <= end)) continue;
    if (entry.type === "ExportedFunctionInvoked")
      invocations.push({ function: entry["functionName"], params: untyped(entry["request"]) });
    if (entry.type === "Log")
      log.push({ level: entry["level"], context: entry["context"], message: entry["message"] });
    const last = invocations.at(-1);
    if (entry.type === "ExportedFunctionCompleted" && last !== undefined)
      last.result = untyped(entry["response"]);
  }
  return { invocations, log };
}

function deletedRegion(
  entry: OplogEntries[number]["entry"],
): { readonly start: number; readonly end: number } | undefined {
  const region = entry.type === "Jump" ? entry["jump"] : entry["droppedRegion"];
  return region as { readonly start: number; readonly end: number } | undefined;
}

/** A value of the public oplog without its type. */
function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untyped);
  const isTyped = typeof value === "object" && value !== null && "typ" in value && "value" in value;
  return plain(isTyped ? value.value : value);
}

function readable(stores: SharedContents["keyValue"]): unknown {
  return Object.fromEntries(
    Array.from(stores, ([name, contents]) => [
      name,
      Object.fromEntries(Array.from(contents, ([key, bytes]) => [key, readableBytes(bytes)])),
    ]),
  );
}

/** JSON as what it means, other text as it is, other bytes in hexadecimal digits. */
function readableBytes(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    try {
      return plain(JSON.parse(text));
    } catch {
      return text;
    }
  } catch {
    return Buffer.from(bytes).toString("hex");
  }
}

/** Objects, lists, texts and numbers only; of an object of a class without `toJSON`, the class. */
function plain(value: unknown): unknown {
  // The end of the oplog, which it shows, is another one after a crash.
  if (value instanceof InvocationError) return plain(value.detail);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return [...value].map(plain);
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (typeof value !== "object" || value === null) return value;
  if ("toJSON" in value && typeof value.toJSON === "function") return plain(value.toJSON());
  if (isOfClass(value)) return `an object of ${value.constructor.name}`;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** Its prototype is another one than that of literals, of whichever realm. */
function isOfClass(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}
