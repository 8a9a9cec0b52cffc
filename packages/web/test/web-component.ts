import { component, TestApplication } from "../../build/test/application.ts";
import { runComponent } from "../../build/test/run-component.ts";

interface Exports {
  readonly api: { readonly run: (name: string, args: string) => Promise<string> };
}

const wit = `
interface api { run: func(name: string, args: string) -> string; }
world web { export api; }
`;

/** A component whose program exports `api.run`, which takes a name and arguments, as JSON, and gives JSON. */
export class WebComponent implements AsyncDisposable {
  readonly #app: TestApplication;
  readonly #exports: Exports;
  /** Of the component and of its program, in bytes. */
  readonly size: { readonly total: number; readonly program: number };

  private constructor(app: TestApplication, exports: Exports, size: WebComponent["size"]) {
    this.#app = app;
    this.#exports = exports;
    this.size = size;
  }

  static async create(program: string): Promise<WebComponent> {
    const app = await TestApplication.create(component("web", wit, program));
    const [built] = await app.build();
    if (built === undefined) throw new Error("nothing was built");
    return new WebComponent(app, await runComponent<Exports>(built.wasmPath, {}), built.size);
  }

  async run(name: string, ...args: readonly unknown[]): Promise<unknown> {
    return JSON.parse(await this.#exports.api.run(name, JSON.stringify(args)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app[Symbol.asyncDispose]();
  }
}
