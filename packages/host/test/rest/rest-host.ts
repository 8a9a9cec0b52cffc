import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import {
  createHost,
  type Host,
  type HostOptions,
  type RunningServer,
  type ServeOptions,
  type SimulatedClock,
  serve,
  type WorkerListing,
} from "../../src/index.ts";
import { FIXTURE_CACHE, fixtureComponent, type FixtureName } from "../fixtures/fixture-component.ts";
import { type Answer, type Exchange, send } from "./golden-exchanges.ts";
import { RestWorker } from "./rest-worker.ts";

/** The components of other toolchains in `fixtures/foreign`. */
export function foreignComponent(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../fixtures/foreign/${name}.wasm`, import.meta.url));
}

export type Parts = Readonly<Record<string, string | Uint8Array>>;

/** A host that is reached through REST only, from before a file's first test until after its last. */
export class RestHost {
  readonly #options: HostOptions;
  readonly #serveOptions: ServeOptions;
  #dataDir = "";
  #clockAhead = 0;
  #host: Host | undefined;
  #server: RunningServer | undefined;

  constructor(options: HostOptions = {}, serveOptions: ServeOptions = {}) {
    this.#serveOptions = serveOptions;
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

  async start(options: HostOptions = {}): Promise<void> {
    const own = { clockAhead: this.#clockAhead, dataDir: this.#dataDir };
    this.#host = await createHost({ ...this.#options, ...own, ...options });
    this.#server = await serve(this.#host, { ...this.#serveOptions, port: 0 });
  }

  /** Time that a test has let pass stays passed: it does not go back when the host starts again. */
  async stop(): Promise<void> {
    this.#clockAhead = this.#host?.simulation.clock.ahead ?? this.#clockAhead;
    await this.#server?.close();
    await this.#host?.close();
  }

  async restart(options: HostOptions = {}): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  get dataDir(): string {
    return this.#dataDir;
  }

  /** The one thing that no request can move. */
  get clock(): SimulatedClock {
    if (this.#host === undefined) throw new Error("The host is not there before the first test");
    return this.#host.simulation.clock;
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
    return new RestComponent(this, versionedId(body).componentId);
  }

  /** Uploads a component of `fixtures`, as `test:<its name>` unless told otherwise. */
  async deployFixture(fixture: FixtureName, name = `test:${fixture}`): Promise<RestComponent> {
    const { wasm, dynamicLinking } = await fixtureComponent(fixture);
    return this.deploy(name, wasm, { dynamicLinking: JSON.stringify({ dynamicLinking }) });
  }
}

interface VersionedId {
  readonly componentId: string;
  readonly version: number;
}

function versionedId(component: unknown): VersionedId {
  return (component as { readonly versionedComponentId: VersionedId }).versionedComponentId;
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

  /** How components name this one. */
  get componentIdValue(): { readonly uuid: { readonly "high-bits": bigint; readonly "low-bits": bigint } } {
    const bits = BigInt(`0x${this.id.replaceAll("-", "")}`);
    return { uuid: { "high-bits": bits >> 64n, "low-bits": BigInt.asUintN(64, bits) } };
  }

  /** How components name one of its workers. */
  workerIdValue(name: string) {
    return { "component-id": this.componentIdValue, "worker-name": name };
  }

  worker(name: string): RestWorker {
    return new RestWorker(this.#host, `${this.path}/workers/${name}`);
  }

  /** Uploads another version. @returns its number */
  async newVersion(wasm: Uint8Array, parts: Parts = {}): Promise<number> {
    const { status, body } = await this.#host.post(`${this.path}/updates`, { component: wasm, ...parts });
    if (status !== 200) throw new Error(`The new version was refused: ${JSON.stringify(body)}`);
    return versionedId(body).version;
  }

  /** A page of the component's workers. */
  async list(query: NonNullable<Exchange["query"]>): Promise<WorkerListing> {
    return (await this.#host.request("GET", `${this.path}/workers`, { query })).body as WorkerListing;
  }

  create(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#host.request("POST", `${this.path}/workers`, { requestBody: { name, args, env } });
  }
}
