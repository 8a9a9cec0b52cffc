import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import type { Component, Host } from "../../src/index.ts";
import { ServedHost } from "./served-host.ts";

export interface PlainAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type Parts = Readonly<Record<string, string | Uint8Array>>;

/** A small component that can be described, but not run. */
export async function mailerComponent(): Promise<Uint8Array> {
  const witSource =
    "package shop:mailer-exports; interface api { send: func(to: string) -> bool; } world mailer { export api; }";
  return componentNew(await componentEmbed({ dummy: true, witSource }));
}

/** The paths of components, over a host that accepts components of at most a million bytes. */
export class ComponentClient {
  readonly #served = new ServedHost({ serve: { maxComponentBytes: 1_000_000 } });

  get url(): string {
    return this.#served.url;
  }

  get host(): Host {
    return this.#served.host;
  }

  async request(path: string, init: RequestInit = {}): Promise<PlainAnswer> {
    const response = await fetch(`${this.url}${path}`, init);
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, body: isJson ? await response.json() : await response.text() };
  }

  /** Posts a form. */
  post(path: string, parts: Parts): Promise<PlainAnswer> {
    const body = new FormData();
    for (const [name, part] of Object.entries(parts)) {
      body.append(name, typeof part === "string" ? part : new Blob([new Uint8Array(part)]));
    }
    return this.request(path, { method: "POST", body });
  }

  /** Creates a component, the mailer unless told otherwise. */
  async create(parts: Parts): Promise<Component> {
    const { status, body } = await this.post("/v1/components", {
      component: await mailerComponent(),
      ...parts,
    });
    if (status !== 200) throw new Error(`The component was refused: ${JSON.stringify(body)}`);
    return body as Component;
  }
}
