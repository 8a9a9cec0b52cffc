import type {
  Component,
  ComponentUpload,
  RevertTarget,
  UpdateMode,
  WorkerId,
  WorkerMetadata,
} from "@golem-kit/host";
import { type JsonTree, parseJson, stringifyJson } from "@golem-kit/wit";
import type { Agent } from "undici";
import { UserError } from "../user-error.ts";
import { componentForm } from "./component-form.ts";
import { connectionFailure } from "./connection-failure.ts";
import { idempotencyHeader } from "./idempotency-header.ts";
import { type OplogEntry, oplogPages } from "./oplog-pages.ts";
import { patientDispatcher } from "./patient-dispatcher.ts";
import { RestError } from "./rest-error.ts";
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

/** What `fetch` of Node takes; its declared type leaves the connections out. */
type HttpRequest = RequestInit & { readonly dispatcher?: Agent };

/** A Golem server, over its REST interface: `golem-kit serve`, or Golem itself. */
export class GolemClient {
  readonly url: string;
  readonly #timeout: number | undefined;

  /**
   * @param options timeout: milliseconds within which every request must be answered; @default none, for an invocation
   *   takes as long as it takes
   * @throws UserError when it is no URL
   */
  constructor(url: string, options: { readonly timeout?: number } = {}) {
    this.#timeout = options.timeout;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new UserError(`"${url}" is no URL of a server: write one like http://localhost:9881.`, {
        exitCode: 2,
      });
    }
    this.url = url.replace(/\/+$/, "");
  }

  /** All versions of a name on some servers, the latest of each on others. @throws RestError, UserError */
  async list(name?: string): Promise<readonly Component[]> {
    const query = name === undefined ? "" : `?component-name=${encodeURIComponent(name)}`;
    return this.#json<readonly Component[]>("GET", `/v1/components${query}`);
  }

  /** @throws RestError, UserError */
  async create(name: string, upload: ComponentUpload): Promise<Component> {
    return this.#json<Component>("POST", "/v1/components", { body: componentForm(upload, name) });
  }

  /** @throws RestError, UserError */
  async update(componentId: string, upload: ComponentUpload): Promise<Component> {
    return this.#json<Component>("POST", `/v1/components/${componentId}/updates`, {
      body: componentForm(upload),
    });
  }

  /** @throws RestError, UserError */
  async download(componentId: string, version: number): Promise<Uint8Array> {
    const response = await this.#fetch("GET", `/v1/components/${componentId}/download?version=${version}`);
    return response.bytes().catch((error: unknown) => {
      throw connectionFailure(error, this.url);
    });
  }

  /** @throws RestError, UserError */
  async invokeAndAwait(worker: WorkerId, invocation: RestInvocation): Promise<RestResult> {
    const dispatcher = await patientDispatcher();
    try {
      const { result } = await this.#invoke<{ readonly result: RestResult }>(
        worker,
        "invoke-and-await",
        invocation,
        { dispatcher },
      );
      return result;
    } finally {
      await dispatcher.destroy();
    }
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
      return this.#json<Listing>("GET", `/v1/components/${componentId}/workers?${query.toString()}`);
    });
  }

  /** @throws RestError, UserError */
  async worker(worker: WorkerId): Promise<WorkerMetadata> {
    return this.#json<WorkerMetadata>("GET", workerPath(worker));
  }

  /** The entries of a worker's oplog, all or those that a query finds. @throws RestError, UserError */
  oplog(
    worker: WorkerId,
    start: { readonly from: number } | { readonly query: string },
  ): AsyncIterable<OplogEntry> {
    return oplogPages(start, (query) => this.#json("GET", `${workerPath(worker)}/oplog?${query.toString()}`));
  }

  /** @throws RestError, UserError */
  async interrupt(worker: WorkerId, { recover }: { readonly recover: boolean }): Promise<void> {
    await this.#json("POST", `${workerPath(worker)}/interrupt?recovery-immediately=${recover}`);
  }

  /** @throws RestError, UserError */
  async resume(worker: WorkerId): Promise<void> {
    await this.#json("POST", `${workerPath(worker)}/resume`);
  }

  /** False if it was completed before. @throws RestError, UserError */
  async completePromise(worker: WorkerId, oplogIdx: number, data: Uint8Array): Promise<boolean> {
    return this.#send<boolean>("POST", `${workerPath(worker)}/complete`, { oplogIdx, data: [...data] });
  }

  /** Resolves when the update is noted; the worker's metadata tells what came of it. @throws RestError, UserError */
  async updateWorker(worker: WorkerId, mode: UpdateMode, targetVersion: number): Promise<void> {
    await this.#send("POST", `${workerPath(worker)}/update`, { mode, targetVersion });
  }

  /** @throws RestError, UserError */
  async revert(worker: WorkerId, target: RevertTarget): Promise<void> {
    await this.#send("POST", `${workerPath(worker)}/revert`, { ...target });
  }

  /** Removes a worker and all that it was; nothing happens if there is none. @throws RestError, UserError */
  async deleteWorker(worker: WorkerId): Promise<void> {
    await this.#json("DELETE", workerPath(worker));
  }

  /** Where a WebSocket tells what happens in a worker. */
  connection(worker: WorkerId): string {
    return `${this.url.replace(/^http/, "ws")}${workerPath(worker)}/connect`;
  }

  async #invoke<T>(
    worker: WorkerId,
    how: string,
    invocation: RestInvocation,
    init: HttpRequest = {},
  ): Promise<T> {
    const path = `${workerPath(worker)}/${how}`;
    const headers: Record<string, string> = {};
    if (invocation.idempotencyKey !== undefined)
      headers["idempotency-key"] = idempotencyHeader(invocation.idempotencyKey);
    const body = { params: invocation.params.map((value) => ({ value })) };
    return this.#send<T>("POST", `${path}?function=${encodeURIComponent(invocation.function)}`, body, {
      ...init,
      headers,
    });
  }

  async #send<T>(method: string, path: string, body: JsonTree, init: HttpRequest = {}): Promise<T> {
    return this.#json<T>(method, path, {
      ...init,
      headers: {
        "content-type": "application/json",
        ...(init.headers as Record<string, string> | undefined),
      },
      body: stringifyJson(body),
    });
  }

  async #json<T>(method: string, path: string, init: HttpRequest = {}): Promise<T> {
    const text = await this.#text(method, path, init);
    try {
      return parseJson(text) as T;
    } catch {
      throw notGolem(this.url, `${method} ${path} is answered with ${startOf(text)}`);
    }
  }

  async #text(method: string, path: string, init: HttpRequest): Promise<string> {
    const response = await this.#fetch(method, path, init);
    return response.text().catch((error: unknown) => {
      throw connectionFailure(error, this.url);
    });
  }

  async #fetch(method: string, path: string, init: HttpRequest = {}): Promise<Response> {
    let response;
    try {
      const signal = this.#timeout === undefined ? null : AbortSignal.timeout(this.#timeout);
      response = await fetch(this.url + path, { ...init, method, signal });
    } catch (error) {
      throw connectionFailure(error, this.url);
    }
    if (response.ok) return response;
    const text = await response.text().catch(() => "");
    const body = readBody(text);
    // Golem explains in JSON whatever it refuses; a path that it does not have it does not explain.
    if (body === undefined && [404, 405, 501].includes(response.status)) {
      throw notGolem(this.url, `${method} ${path} is answered with ${response.status}`);
    }
    throw new RestError(`${method} ${this.url}${path}`, response.status, body ?? text);
  }
}

function notGolem(url: string, what: string): UserError {
  return new UserError(
    `What answers at ${url} is no Golem server of version 1.2: ${what}. Name another with --url, or start one with "golem-kit serve".`,
  );
}

function startOf(text: string): string {
  return text.length > 40 ? JSON.stringify(`${text.slice(0, 40)}…`) : JSON.stringify(text);
}

function readBody(text: string): JsonTree | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
