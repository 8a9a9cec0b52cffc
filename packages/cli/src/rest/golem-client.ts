import type {
  Component,
  ComponentUpload,
  RevertTarget,
  UpdateMode,
  WorkerId,
  WorkerMetadata,
} from "@golem-kit/host";
import { type JsonTree, parseJson, stringifyJson } from "@golem-kit/wit";
import { UserError } from "../user-error.ts";
import { componentForm } from "./component-form.ts";
import { type OplogEntry, oplogPages } from "./oplog-pages.ts";
import { RestError } from "./rest-error.ts";
import { type Listing, listingPages } from "./worker-pages.ts";

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
    return response.bytes();
  }

  /** @throws RestError, UserError */
  async invokeAndAwait(worker: WorkerId, invocation: RestInvocation): Promise<RestResult> {
    const answer = await this.#invoke<{ readonly result: RestResult }>(
      worker,
      "invoke-and-await",
      invocation,
    );
    return answer.result;
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
    return this.#json<WorkerMetadata>("GET", pathOf(worker));
  }

  /** The entries of a worker's oplog, all or those that a query finds. @throws RestError, UserError */
  oplog(
    worker: WorkerId,
    start: { readonly from: number } | { readonly query: string },
  ): AsyncIterable<OplogEntry> {
    return oplogPages(start, (query) => this.#json("GET", `${pathOf(worker)}/oplog?${query.toString()}`));
  }

  /** @throws RestError, UserError */
  async interrupt(worker: WorkerId, { recover }: { readonly recover: boolean }): Promise<void> {
    await this.#json("POST", `${pathOf(worker)}/interrupt?recovery-immediately=${recover}`);
  }

  /** @throws RestError, UserError */
  async resume(worker: WorkerId): Promise<void> {
    await this.#json("POST", `${pathOf(worker)}/resume`);
  }

  /** False if it was completed before. @throws RestError, UserError */
  async completePromise(worker: WorkerId, oplogIdx: number, data: Uint8Array): Promise<boolean> {
    return this.#send<boolean>("POST", `${pathOf(worker)}/complete`, { oplogIdx, data: [...data] });
  }

  /** Resolves when the update is noted; the worker's metadata tells what came of it. @throws RestError, UserError */
  async updateWorker(worker: WorkerId, mode: UpdateMode, targetVersion: number): Promise<void> {
    await this.#send("POST", `${pathOf(worker)}/update`, { mode, targetVersion });
  }

  /** @throws RestError, UserError */
  async revert(worker: WorkerId, target: RevertTarget): Promise<void> {
    await this.#send("POST", `${pathOf(worker)}/revert`, { ...target });
  }

  /** Removes a worker and all that it was; nothing happens if there is none. @throws RestError, UserError */
  async deleteWorker(worker: WorkerId): Promise<void> {
    await this.#json("DELETE", pathOf(worker));
  }

  /** Where a WebSocket tells what happens in a worker. */
  connection(worker: WorkerId): string {
    return `${this.url.replace(/^http/, "ws")}${pathOf(worker)}/connect`;
  }

  async #invoke<T>(worker: WorkerId, how: string, invocation: RestInvocation): Promise<T> {
    const path = `${pathOf(worker)}/${how}`;
    const headers: Record<string, string> = {};
    if (invocation.idempotencyKey !== undefined) headers["idempotency-key"] = invocation.idempotencyKey;
    const body = { params: invocation.params.map((value) => ({ value })) };
    return this.#send<T>(
      "POST",
      `${path}?function=${encodeURIComponent(invocation.function)}`,
      body,
      headers,
    );
  }

  async #send<T>(
    method: string,
    path: string,
    body: JsonTree,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    return this.#json<T>(method, path, {
      headers: { "content-type": "application/json", ...headers },
      body: stringifyJson(body),
    });
  }

  async #json<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
    const response = await this.#fetch(method, path, init);
    return parseJson(await response.text()) as T;
  }

  async #fetch(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    let response;
    try {
      const signal = this.#timeout === undefined ? null : AbortSignal.timeout(this.#timeout);
      response = await fetch(this.url + path, { ...init, method, signal });
    } catch (error) {
      throw new UserError(
        `No Golem server answers at ${this.url} (${reason(error)}): start one with "golem-kit serve", or name another with --url.`,
        { cause: error },
      );
    }
    if (response.ok) return response;
    throw new RestError(`${method} ${this.url}${path}`, response.status, readBody(await response.text()));
  }
}

function pathOf({ componentId, workerName }: WorkerId): string {
  return `/v1/components/${componentId}/workers/${encodeURIComponent(workerName)}`;
}

function readBody(text: string): JsonTree {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** `fetch` hides what happened in the cause of its error, under several attempts as an `AggregateError`. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  if (first instanceof Error) return "code" in first ? String(first.code) : first.message;
  return error instanceof Error ? error.message : String(error);
}
