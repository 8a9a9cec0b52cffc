import { afterAll, beforeAll } from "vitest";
import type { Host, RunningServer, ServeOptions } from "../../src/index.ts";
import { createHost, serve } from "../../src/index.ts";
import type { Answer, Exchange } from "./golden-exchanges.ts";
import { send } from "./golden-exchanges.ts";

/** A host behind its REST interface, from before a file's first test until after its last. */
export class ServedHost {
  #host: Host | undefined;
  #server: RunningServer | undefined;
  #componentId = "";

  constructor(
    options: { readonly component?: () => Promise<Uint8Array>; readonly serve?: ServeOptions } = {},
  ) {
    beforeAll(async () => {
      this.#host = await createHost();
      if (options.component !== undefined) {
        const wasm = await options.component();
        const { versionedComponentId } = await this.#host.components.create("shop:orders", { wasm });
        this.#componentId = versionedComponentId.componentId;
      }
      this.#server = await serve(this.#host, { port: 0, ...options.serve });
    }, 120_000);
    afterAll(async () => {
      await this.#server?.close();
      await this.#host?.close();
    });
  }

  get host(): Host {
    if (this.#host === undefined) throw new Error("The host is not there before the first test");
    return this.#host;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error("The server is not there before the first test");
    return this.#server.url;
  }

  get componentId(): string {
    return this.#componentId;
  }

  /** @param path within the component: `/workers` */
  request(method: string, path: string, parts: Partial<Exchange> = {}): Promise<Answer> {
    const exchange = { label: "", status: 0, contentType: "", response: null, ...parts };
    return send(this.url, { ...exchange, method, path: `/v1/components/${this.componentId}${path}` });
  }
}
