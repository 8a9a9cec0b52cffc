import { type JsonTree, parseJson, stringifyJson } from "@golem-kit/wit";
import type { Agent } from "undici";
import { UserError } from "../user-error.ts";
import { connectionFailure } from "./connection-failure.ts";
import { RestError } from "./rest-error.ts";

/** How a server is spoken to. */
export interface GolemHttpOptions {
  /** Milliseconds within which every request must be answered. @default none, for an invocation takes as long as it takes */
  readonly timeout?: number;
  /** Where workers are. @default where components are */
  readonly workerUrl?: string;
  /** Sent as `Authorization: Bearer`. @default nobody is named */
  readonly token?: string;
}

/** What `fetch` of Node takes; its declared type leaves the connections out. */
export type HttpRequest = Omit<RequestInit, "headers"> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly dispatcher?: Agent;
};

/** Requests to a Golem server. What goes wrong with one is told as what it is. */
export class GolemHttp {
  readonly url: string;
  readonly workerUrl: string;
  readonly options: GolemHttpOptions;

  /** @throws UserError when it is no URL */
  constructor(url: string, options: GolemHttpOptions) {
    this.options = options;
    this.url = checkedUrl(url);
    this.workerUrl = checkedUrl(options.workerUrl ?? url);
  }

  /** What each request says of who asks. */
  get credentials(): Readonly<Record<string, string>> {
    const { token } = this.options;
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /** Sends JSON, and reads what is answered as JSON. @throws RestError, UserError */
  async send<T>(method: string, path: string, body: JsonTree, request: HttpRequest = {}): Promise<T> {
    const headers = { "content-type": "application/json", ...request.headers };
    return this.json<T>(method, path, { ...request, headers, body: stringifyJson(body) });
  }

  /** @throws RestError, UserError */
  async json<T>(method: string, path: string, request: HttpRequest = {}): Promise<T> {
    const text = Buffer.from(await this.bytes(method, path, request)).toString();
    try {
      return parseJson(text) as T;
    } catch {
      throw notGolem(this.#serverOf(path), `${method} ${path} is answered with ${startOf(text)}`);
    }
  }

  /** @throws RestError, UserError */
  async bytes(method: string, path: string, request: HttpRequest = {}): Promise<Uint8Array> {
    const server = this.#serverOf(path);
    const { timeout } = this.options;
    const fail = (error: unknown): never => {
      throw connectionFailure(error, server, timeout);
    };
    const signal = timeout === undefined ? null : AbortSignal.timeout(timeout);
    const headers = { ...this.credentials, ...request.headers };
    const response = await fetch(server + path, { ...request, headers, method, signal }).catch(fail);
    if (response.ok) return response.bytes().catch(fail);
    const text = await response.text().catch(() => "");
    const body = readBody(text);
    // Golem explains in JSON whatever it refuses; a path that it does not have it does not explain.
    if (body === undefined && [404, 405, 501].includes(response.status)) {
      throw notGolem(server, `${method} ${path} is answered with ${response.status}`);
    }
    throw new RestError(`${method} ${server}${path}`, response.status, body ?? text);
  }

  #serverOf(path: string): string {
    return path.includes("/workers") ? this.workerUrl : this.url;
  }
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, "");
  throw new UserError(`"${url}" is no URL of a server: write one like http://localhost:9881.`, {
    exitCode: 2,
  });
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
