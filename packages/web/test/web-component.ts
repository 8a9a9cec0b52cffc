import type { BuiltComponent } from "@golem-kit/build";
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
  readonly built: BuiltComponent;
  #exports: Exports | undefined;

  private constructor(app: TestApplication, built: BuiltComponent) {
    this.#app = app;
    this.built = built;
  }

  static async build(program: string): Promise<WebComponent> {
    const app = await TestApplication.create(component("web", wit, program));
    const [built] = await app.build();
    if (built === undefined) throw new Error("nothing was built");
    return new WebComponent(app, built);
  }

  /** Runs a function outside of any host. */
  async run(name: string, ...args: readonly unknown[]): Promise<unknown> {
    this.#exports ??= await runComponent<Exports>(this.built.wasmPath, {});
    return JSON.parse(await this.#exports.api.run(name, JSON.stringify(args)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app[Symbol.asyncDispose]();
  }
}
