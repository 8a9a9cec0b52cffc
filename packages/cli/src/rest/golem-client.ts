import type {
  Component,
  ComponentUpload,
  OplogPage,
  RevertTarget,
  UpdateMode,
  WorkerId,
  WorkerMetadata,
} from "@golem-kit/host";
import type { JsonTree } from "@golem-kit/wit";
import { componentForm } from "./component-form.ts";
import { GolemHttp, type GolemHttpOptions, type HttpRequest } from "./golem-http.ts";
import { idempotencyHeader } from "./idempotency-header.ts";
import { type OplogEntry, oplogPages } from "./oplog-pages.ts";
import { patientDispatcher } from "./patient-dispatcher.ts";
import { type Listing, listingPages } from "./worker-pages.ts";
import { workerPath } from "./worker-path.ts";

/** What to call, and with which parameters in Golem's JSON. */
export interface RestInvocation {
  readonly function: string;
  readonly params: readonly JsonTree[];
  /** @default chosen by the server */
  readonly idempotencyKey?: string | undefined;
}

/** Golem's tuple of results: none or one. */
export interface RestResult {
  readonly typ: { readonly items: readonly JsonTree[] };
  readonly value: readonly JsonTree[];
}

/** A Golem server, over its REST interface: `golem-kit serve`, or Golem itself. */
export class GolemClient {
  readonly #http: GolemHttp;
  /** Connections for calls, which are kept for the next ones, and keep no process alive. */
  #patient: ReturnType<typeof patientDispatcher> | undefined;

  /** @throws UserError when it is no URL */
  constructor(url: string, options: GolemHttpOptions = {}) {
    this.#http = new GolemHttp(url, options);
  }

  get url(): string {
    return this.#http.url;
  }

  /** The same server, with other patience. @param timeout milliseconds */
  withTimeout(timeout: number): GolemClient {
    return new GolemClient(this.url, { ...this.#http.options, timeout });
  }

  /** All versions of a name on some servers, the latest of each on others. @throws RestError, UserError */
  async list(name?: string): Promise<readonly Component[]> {
    const query = name === undefined ? "" : `?component-name=${encodeURIComponent(name)}`;
    return this.#http.json<readonly Component[]>("GET", `/v1/components${query}`);
  }

  /** The numbers of the versions that a component has. @throws RestError, UserError */
  async versions(componentId: string): Promise<readonly number[]> {
    const found = await this.#http.json<readonly Component[]>("GET", `/v1/components/${componentId}`);
    return found.map(({ versionedComponentId }) => versionedComponentId.version);
  }

  /** @throws RestError, UserError */
  async create(name: string, upload: ComponentUpload): Promise<Component> {
    return this.#http.json<Component>("POST", "/v1/components", { body: componentForm(upload, name) });
  }

  /** @throws RestError, UserError */
  async update(componentId: string, upload: ComponentUpload): Promise<Component> {
    return this.#http.json<Component>("POST", `/v1/components/${componentId}/updates`, {
      body: componentForm(upload),
    });
  }

  /** @throws RestError, UserError */
  async download(componentId: string, version: number): Promise<Uint8Array> {
    return this.#http.bytes("GET", `/v1/components/${componentId}/download?version=${version}`);
  }

  /** @throws RestError, UserError */
  async invokeAndAwait(worker: WorkerId, invocation: RestInvocation): Promise<RestResult> {
    const dispatcher = await (this.#patient ??= patientDispatcher());
    const { result } = await this.#invoke<{ readonly result: RestResult }>(
      worker,
      "invoke-and-await",
      invocation,
      { dispatcher },
    );
    return result;
  }

  /** Resolves when the server has accepted the invocation. @throws RestError, UserError */
  async invoke(worker: WorkerId, invocation: RestInvocation): Promise<void> {
    await this.#invoke(worker, "invoke", invocation);
  }

  /** The workers of a component that all filters accept. @throws RestError, UserError */
  workers(componentId: string, filters: readonly string[] = []): AsyncIterable<WorkerMetadata> {
    return listingPages((cursor) => {
      const query = new URLSearchParams(filters.map((filter) => ["filter", filter]));
      if (cursor !== undefined) query.set("cursor", cursor);
      return this.#http.json<Listing>("GET", `/v1/components/${componentId}/workers?${query.toString()}`);
    });
  }

  /** @throws RestError, UserError */
  async worker(worker: WorkerId): Promise<WorkerMetadata> {
    return this.#http.json<WorkerMetadata>("GET", workerPath(worker));
  }

  /** Looks at the worker's root directory, for which it has to have an instance. @throws RestError, UserError */
  async lookAtFiles(worker: WorkerId): Promise<void> {
    await this.#http.json("GET", `${workerPath(worker)}/files/%2F`);
  }

  /** The entries of a worker's oplog, all or those that a query finds. @throws RestError, UserError */
  oplog(
    worker: WorkerId,
    start: { readonly from: number } | { readonly query: string },
  ): AsyncIterable<OplogEntry> {
    return oplogPages(start, (query) =>
      this.#http.json("GET", `${workerPath(worker)}/oplog?${query.toString()}`),
    );
  }

  /** @throws RestError, UserError */
  async interrupt(worker: WorkerId, { recover }: { readonly recover: boolean }): Promise<void> {
    await this.#http.json("POST", `${workerPath(worker)}/interrupt?recovery-immediately=${recover}`);
  }

  /** @throws RestError, UserError */
  async resume(worker: WorkerId): Promise<void> {
    await this.#http.json("POST", `${workerPath(worker)}/resume`);
  }

  /** False if it was completed before. @throws RestError, UserError */
  async completePromise(worker: WorkerId, oplogIdx: number, data: Uint8Array): Promise<boolean> {
    return this.#http.send<boolean>("POST", `${workerPath(worker)}/complete`, { oplogIdx, data: [...data] });
  }

  /** Resolves when the update is noted; the worker's metadata tells what came of it. @throws RestError, UserError */
  async updateWorker(worker: WorkerId, mode: UpdateMode, targetVersion: number): Promise<void> {
    await this.#http.send("POST", `${workerPath(worker)}/update`, { mode, targetVersion });
  }

  /** @throws RestError, UserError */
  async revert(worker: WorkerId, target: RevertTarget): Promise<void> {
    await this.#http.send("POST", `${workerPath(worker)}/revert`, { ...target });
  }

  /** Index of the last entry of a worker's oplog. @throws RestError, UserError */
  async lastIndex(worker: WorkerId): Promise<number> {
    const page = await this.#http.json<OplogPage>("GET", `${workerPath(worker)}/oplog?from=1&count=1`);
    return page.lastIndex;
  }

  /**
   * Makes a worker of the first entries of another one's oplog. Golem itself has no such request.
   *
   * @param targetVersion on which it goes on; `undefined` for that of the other one
   * @throws RestError, UserError
   */
  async fork(
    { componentId, workerName }: WorkerId,
    targetWorkerName: string,
    oplogIndexCutOff: number,
    targetVersion: number | undefined,
  ): Promise<void> {
    await this.#http.send("POST", `${workerPath({ componentId, workerName })}/fork`, {
      targetWorkerName,
      oplogIndexCutOff,
      ...(targetVersion !== undefined && { targetVersion, anyResult: true }),
    });
  }

  /** Makes a worker, which must not be there. @throws RestError, UserError */
  async createWorker({ componentId, workerName }: WorkerId): Promise<void> {
    const body = { name: workerName, args: [], env: {} };
    await this.#http.send("POST", `/v1/components/${componentId}/workers`, body);
  }

  /**
   * Makes a worker anew, without its past. Golem itself has no such request.
   *
   * @returns the version that it runs now
   * @throws RestError, UserError
   */
  async startAnew(worker: WorkerId): Promise<number> {
    const path = `${workerPath(worker)}/start-anew`;
    return (await this.#http.json<{ readonly componentVersion: number }>("POST", path)).componentVersion;
  }

  /** Removes a worker and all that it was; nothing happens if there is none. @throws RestError, UserError */
  async deleteWorker(worker: WorkerId): Promise<void> {
    await this.#http.json("DELETE", workerPath(worker));
  }

  /** Where a WebSocket tells what happens in a worker. */
  connection(worker: WorkerId): string {
    return `${this.#http.workerUrl.replace(/^http/, "ws")}${workerPath(worker)}/connect`;
  }

  /** What each request says of who asks. */
  get credentials(): Readonly<Record<string, string>> {
    return this.#http.credentials;
  }

  async #invoke<T>(
    worker: WorkerId,
    how: string,
    invocation: RestInvocation,
    request: HttpRequest = {},
  ): Promise<T> {
    const path = `${workerPath(worker)}/${how}?function=${encodeURIComponent(invocation.function)}`;
    const { idempotencyKey } = invocation;
    const headers: Record<string, string> = {};
    if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyHeader(idempotencyKey);
    const body = { params: invocation.params.map((value) => ({ value })) };
    return this.#http.send<T>("POST", path, body, { ...request, headers });
  }
}
