import { expect, onTestFinished } from "vitest";

import { type JsonTree, stringifyJson } from "@golem-kit/wit";
import type { OplogPage, RevertTarget, UpdateMode, WorkerMetadata } from "../../src/index.ts";
import type { Answer, Exchange } from "./golden-exchanges.ts";

/** Where a worker is asked. */
interface RestAccess {
  readonly url: string;
  request(method: string, path: string, parts: Partial<Exchange>): Promise<Answer>;
}

/** A worker as another program sees it: what it is asked goes over HTTP. */
export class RestWorker {
  readonly #host: RestAccess;
  readonly #path: string;

  constructor(host: RestAccess, path: string) {
    this.#host = host;
    this.#path = path;
  }

  /** The answer to a call, whatever it is. */
  invoke(name: string, ...values: readonly unknown[]): Promise<Answer> {
    return this.request("POST", "/invoke-and-await", invocation(name, values));
  }

  /** The answer to a call that is the same however often it is made. */
  invokeWithKey(key: string, name: string, ...values: readonly unknown[]): Promise<Answer> {
    const headers = { "idempotency-key": key };
    return this.request("POST", "/invoke-and-await", { ...invocation(name, values), headers });
  }

  /** The answer to a call as it is written: JSON's numbers are more exact than JavaScript's. */
  async invokeText(
    name: string,
    ...values: readonly string[]
  ): Promise<{ readonly status: number; readonly text: string }> {
    const url = new URL(`${this.#path}/invoke-and-await`, this.#host.url);
    url.searchParams.set("function", name);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"params":[${values.map((value) => `{"value":${value}}`).join()}]}`,
    });
    return { status: response.status, text: await response.text() };
  }

  /** The result of a call that succeeds. */
  async call(name: string, ...values: readonly unknown[]): Promise<unknown> {
    const { status, body } = await this.invoke(name, ...values);
    if (status !== 200) throw new Error(`${name} failed: ${JSON.stringify(body)}`);
    return (body as { readonly result: { readonly value: readonly unknown[] } }).result.value[0];
  }

  /** The details of a call's failure. */
  async failure(name: string, ...values: readonly unknown[]): Promise<GolemErrorBody> {
    const { status, body } = await this.invoke(name, ...values);
    if (status !== 500) throw new Error(`${name} was answered ${status}: ${JSON.stringify(body)}`);
    return (body as { readonly golemError: GolemErrorBody }).golemError;
  }

  /** Answers when the call is accepted. */
  trigger(name: string, ...values: readonly unknown[]): Promise<Answer> {
    return this.request("POST", "/invoke", invocation(name, values));
  }

  triggerWithKey(key: string, name: string, ...values: readonly unknown[]): Promise<Answer> {
    return this.request("POST", "/invoke", {
      ...invocation(name, values),
      headers: { "idempotency-key": key },
    });
  }

  cancel(key: string): Promise<Answer> {
    return this.request("DELETE", `/invocations/${key}`);
  }

  async metadata(): Promise<WorkerMetadata> {
    return (await this.request("GET", "")).body as WorkerMetadata;
  }

  async status(): Promise<WorkerMetadata["status"]> {
    return (await this.metadata()).status;
  }

  /** Waits until the worker has the status. */
  async reaches(status: WorkerMetadata["status"]): Promise<void> {
    await expect.poll(() => this.status(), { interval: 10 }).toBe(status);
  }

  /** Waits until the worker's oplog has an entry of this type that is about this function. */
  async recorded(type: string, functionName: string): Promise<void> {
    const found = async () =>
      (await this.oplog()).some(({ entry }) => entry.type === type && entry["functionName"] === functionName);
    await expect.poll(found, { interval: 10 }).toBe(true);
  }

  async oplog(): Promise<OplogPage["entries"]> {
    const entries: OplogPage["entries"][number][] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const { body } = await this.request("GET", "/oplog", { query: { from, count: 100 } });
      const page = body as OplogPage;
      entries.push(...page.entries);
      from = page.entries.length === 0 ? undefined : page.next?.nextOplogIndex;
    }
    return entries;
  }

  /** What the worker wrote to its standard output and its log. */
  async output(): Promise<readonly unknown[]> {
    return (await this.oplog()).flatMap(({ entry }) => (entry.type === "Log" ? [entry["message"]] : []));
  }

  /** What a search of the oplog finds. */
  async search(query: string): Promise<OplogPage["entries"]> {
    return ((await this.request("GET", "/oplog", { query: { query, count: 100 } })).body as OplogPage)
      .entries;
  }

  /** Follows what the worker writes to its standard output, from its latest events on. */
  listen(): Listener {
    return new Listener(new URL(`${this.#path}/connect`, this.#host.url));
  }

  crash(): Promise<Answer> {
    return this.request("POST", "/interrupt", { query: { "recovery-immediately": true } });
  }

  interrupt(): Promise<Answer> {
    return this.request("POST", "/interrupt");
  }

  resume(): Promise<Answer> {
    return this.request("POST", "/resume");
  }

  /** Completes one of the worker's promises. */
  complete(oplogIdx: number, data: readonly number[]): Promise<Answer> {
    return this.request("POST", "/complete", { requestBody: { oplogIdx, data } });
  }

  update(mode: UpdateMode, targetVersion: number): Promise<Answer> {
    return this.request("POST", "/update", { requestBody: { mode, targetVersion } });
  }

  revert(target: RevertTarget): Promise<Answer> {
    return this.request("POST", "/revert", { requestBody: target });
  }

  delete(): Promise<Answer> {
    return this.request("DELETE", "");
  }

  request(method: string, path: string, parts: Partial<Exchange> = {}): Promise<Answer> {
    return this.#host.request(method, `${this.#path}${path}`, parts);
  }
}

interface Written {
  readonly bytes: readonly number[];
}

/** What a server tells about a worker, one of these at a time. */
interface ToldEvent {
  readonly StdOut?: Written;
  readonly StdErr?: Written;
  readonly Log?: { readonly level: string; readonly context: string; readonly message: string };
}

/** A WebSocket of `connect`, for one test. */
export class Listener {
  /** What was written so far to the standard output. */
  output = "";
  /** What was written so far to the standard error. */
  errors = "";
  /** What was logged so far, each with its level and context. */
  readonly logs: string[] = [];
  /** Resolves when the server has ended the connection. */
  readonly ended: Promise<void>;

  constructor(url: URL) {
    url.protocol = "ws:";
    const socket = new WebSocket(url);
    onTestFinished(() => socket.close());
    socket.addEventListener("message", ({ data }) => this.#note(JSON.parse(String(data))));
    this.ended = new Promise((resolve) => socket.addEventListener("close", () => resolve()));
  }

  async says(text: string): Promise<void> {
    await expect.poll(() => this.output, { interval: 10 }).toContain(text);
  }

  #note({ StdOut, StdErr, Log }: ToldEvent): void {
    if (StdOut !== undefined) this.output += textOf(StdOut);
    if (StdErr !== undefined) this.errors += textOf(StdErr);
    if (Log !== undefined) this.logs.push(`${Log.level} ${Log.context}: ${Log.message}`);
  }
}

function textOf({ bytes }: Written): string {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** `bigint` stands for numbers that JavaScript's own are too short for. */
function invocation(name: string, values: readonly unknown[]) {
  const params = values.map((value) => ({ value }));
  return { query: { function: name }, requestBody: stringifyJson({ params } as JsonTree) };
}

export interface GolemErrorBody {
  readonly type: string;
  readonly details: string;
}
