import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type BuilderOptions,
  type BuildOptions,
  type BuiltComponent,
  buildComponents,
  loadApplication,
} from "../src/index.ts";

export const platformWit = fileURLToPath(new URL("../../../wit/deps", import.meta.url));

/** A manifest with one template, like the one of this repository. */
export const rootManifest = `
includes: [components/*/golem.yaml]
witDeps: [${JSON.stringify(platformWit)}]
templates:
  ts:
    sourceWit: wit
    generatedWit: wit-generated
    componentWasm: dist/{{ component_name | to_snake_case }}.wasm
`;

/** An application in a temporary folder. */
export class TestApplication implements AsyncDisposable {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** @param files contents by path; `golem.yaml` at the top is {@link rootManifest} unless given */
  static async create(files: Readonly<Record<string, string>>): Promise<TestApplication> {
    const app = new TestApplication(await mkdtemp(join(tmpdir(), "golem-kit-build-test-")));
    await app.write({ "golem.yaml": rootManifest, ...files });
    return app;
  }

  path(path: string): string {
    return join(this.dir, path);
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(this.path(path)), { recursive: true });
      await writeFile(this.path(path), text);
    }
  }

  async build(options: BuildOptions & BuilderOptions = {}): Promise<BuiltComponent[]> {
    return buildComponents(await loadApplication(this.dir), options);
  }

  /** The message of the error that building ends with; this folder's path is left out of it. */
  async failure(options: BuildOptions & BuilderOptions = {}): Promise<string> {
    try {
      await this.build(options);
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll(`${this.dir}/`, "") : String(error);
    }
    throw new Error("nothing failed");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** The files of a component `test:NAME`, with its WIT and its program. */
export function component(name: string, wit: string, program: string): Record<string, string> {
  return {
    [`components/${name}/golem.yaml`]: `components:\n  test:${name}:\n    template: ts\n`,
    [`components/${name}/wit/${name}.wit`]: `package test:${name};\n\n${wit}`,
    [`components/${name}/src/main.ts`]: program,
  };
}
