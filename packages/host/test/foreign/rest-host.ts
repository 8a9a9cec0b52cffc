import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import {
  createHost,
  type Host,
  type HostOptions,
  type OplogPage,
  type RunningServer,
  serve,
  type WorkerMetadata,
} from "../../src/index.ts";
import { FIXTURE_CACHE } from "../fixtures/fixture-component.ts";
import { type Answer, type Exchange, send } from "../rest/golden-exchanges.ts";

/** The components of other toolchains in `fixtures/foreign`. */
export function foreignComponent(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../fixtures/foreign/${name}.wasm`, import.meta.url));
}

export type Parts = Readonly<Record<string, string | Uint8Array>>;

/** A host that is reached through REST only, from before a file's first test until after its last. */
export class RestHost {
  readonly #options: HostOptions;
  #dataDir = "";
  #host: Host | undefined;
  #server: RunningServer | undefined;

  constructor(options: HostOptions = {}) {
    this.#options = { shards: 1, cacheDir: FIXTURE_CACHE, ...options };
    beforeAll(async () => {
      this.#dataDir = await mkdtemp(join(tmpdir(), "golem-kit-foreign-"));
      await this.start();
    });
    afterAll(async () => {
      await this.stop();
      await rm(this.#dataDir, { recursive: true, force: true });
    });
  }

  async start(): Promise<void> {
    this.#host = await createHost({ ...this.#options, dataDir: this.#dataDir });
    this.#server = await serve(this.#host, { port: 0 });
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    await this.#host?.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  get url(): string {
    if (this.#server === undefined) throw new Error("The server is not there before the first test");
    return this.#server.url;
  }

  request(method: string, path: string, parts: Partial<Exchange> = {}): Promise<Answer> {
    const exchange = { label: "", status: 0, contentType: "", response: null, ...parts };
    return send(this.url, { ...exchange, method, path });
  }

  /** Posts a form. */
  async post(path: string, parts: Parts): Promise<Answer> {
    const body = new FormData();
    for (const [name, part] of Object.entries(parts))
      body.append(name, typeof part === "string" ? part : new Blob([new Uint8Array(part)]));
    const response = await fetch(new URL(path, this.url), { method: "POST", body });
    const contentType = response.headers.get("content-type") ?? "";
    const isJson = contentType.includes("json");
    return {
      status: response.status,
      contentType,
      body: isJson ? await response.json() : await response.text(),
    };
  }

  /** Uploads a component. */
  async deploy(name: string, wasm: Uint8Array, parts: Parts = {}): Promise<RestComponent> {
    const { status, body } = await this.post("/v1/components", { name, component: wasm, ...parts });
    if (status !== 200) throw new Error(`${name} was refused: ${JSON.stringify(body)}`);
    return new RestComponent(this, componentIdOf(body));
  }
}

function componentIdOf(component: unknown): string {
  return (component as { readonly versionedComponentId: { readonly componentId: string } })
    .versionedComponentId.componentId;
}

export class RestComponent {
  readonly id: string;
  readonly #host: RestHost;

  constructor(host: RestHost, id: string) {
    this.#host = host;
    this.id = id;
  }

  get path(): string {
    return `/v1/components/${this.id}`;
  }

  worker(name: string): RestWorker {
    return new RestWorker(this.#host, `${this.path}/workers/${name}`);
  }

  create(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#host.request("POST", `${this.path}/workers`, { requestBody: { name, args, env } });
  }
}

export class RestWorker {
  readonly #host: RestHost;
  readonly #path: string;

  constructor(host: RestHost, path: string) {
    this.#host = host;
    this.#path = path;
  }

  /** The answer to a call, whatever it is. */
  invoke(name: string, ...values: readonly unknown[]): Promise<Answer> {
    return this.request("POST", "/invoke-and-await", {
      query: { function: name },
      requestBody: { params: values.map((value) => ({ value })) },
    });
  }

  /** The answer to a call as it is written: JSON's numbers are more exact than JavaScript's. */
  async invokeText(name: string, value: string): Promise<{ readonly status: number; readonly text: string }> {
    const url = new URL(`${this.#path}/invoke-and-await`, this.#host.url);
    url.searchParams.set("function", name);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"params":[{"value":${value}}]}`,
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

  async trigger(name: string, ...values: readonly unknown[]): Promise<void> {
    await this.request("POST", "/invoke", {
      query: { function: name },
      requestBody: { params: values.map((value) => ({ value })) },
    });
  }

  async metadata(): Promise<WorkerMetadata> {
    return (await this.request("GET", "")).body as WorkerMetadata;
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

  async crash(): Promise<void> {
    await this.request("POST", "/interrupt", { query: { "recovery-immediately": true } });
  }

  request(method: string, path: string, parts: Partial<Exchange> = {}): Promise<Answer> {
    return this.#host.request(method, `${this.#path}${path}`, parts);
  }
}

export interface GolemErrorBody {
  readonly type: string;
  readonly details: string;
}
