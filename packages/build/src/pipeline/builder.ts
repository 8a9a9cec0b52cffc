import { nearestName } from "@golem-kit/wit";
import { availableParallelism } from "node:os";
import { BuildError } from "../build-error.ts";
import { BuildCache } from "../cache/build-cache.ts";
import { ComponentCompiler } from "../componentize/component-compiler.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { readApplicationWit } from "../wit/generate-wit.ts";
import { buildComponent } from "./build-component.ts";
import type { BuildContext } from "./build-context.ts";
import type { BuildEvent } from "./build-event.ts";
import type { BuiltComponent } from "./built-component.ts";
import { toolsFingerprint } from "./fingerprint.ts";

export interface BuilderOptions {
  /**
   * Folder for what does not change from one build to the next. Several processes may share it.
   * @default `node_modules/.cache/golem-kit/build`, beside this package
   */
  readonly cacheDir?: string;
  /**
   * Milliseconds that a program may take to load while it is built.
   * @default 60_000
   */
  readonly loadLimit?: number;
}

export interface BuildOptions {
  /**
   * Names of the components to build.
   * @default all
   */
  readonly only?: readonly string[];
  /**
   * Builds even what has not changed.
   * @default false
   */
  readonly force?: boolean;
  /** Is told what happens. Events of several components are interleaved. */
  readonly onProgress?: (event: BuildEvent) => void;
}

/** What came of the build of one component. */
export type BuildOutcome =
  | { readonly name: string; readonly built: BuiltComponent }
  | { readonly name: string; readonly error: unknown };

/**
 * Builds the components of applications again and again: engines and threads stay warm, so that a change of a program is a
 * component 0.2 to 0.4 s later. It holds some hundred megabytes until it is disposed of.
 */
export class Builder implements AsyncDisposable {
  readonly #cache: BuildCache;
  readonly #tools = toolsFingerprint();
  readonly #compiler: Promise<ComponentCompiler>;

  constructor({ cacheDir, loadLimit = 60_000 }: BuilderOptions = {}) {
    this.#cache = new BuildCache(cacheDir);
    this.#compiler = this.#tools.then((tools) => new ComponentCompiler(this.#cache, tools, loadLimit));
    // Whoever builds is told.
    this.#compiler.catch(() => {});
  }

  /**
   * Builds the components of an application, as many at once as there are cores. A component of which nothing has changed is not
   * built again: to find that out takes milliseconds.
   *
   * @returns in the order of the manifests
   * @throws BuildError or WitError for the first component that cannot be built; others that have begun are finished before
   */
  async build(app: Application, options: BuildOptions = {}): Promise<BuiltComponent[]> {
    const context = await this.#context(app, options);
    return mapBounded(chosen(app, options), availableParallelism(), (component) =>
      buildComponent(component, context),
    );
  }

  /**
   * Builds as {@link build} does, but what cannot be built keeps nothing else from it.
   *
   * @returns in the order of the manifests
   * @throws BuildError if there is no such component, or the WIT of one cannot be read
   */
  async buildEach(app: Application, options: BuildOptions = {}): Promise<BuildOutcome[]> {
    const context = await this.#context(app, options);
    return mapBounded(chosen(app, options), availableParallelism(), (component) =>
      buildComponent(component, context).then(
        (built): BuildOutcome => ({ name: component.name, built }),
        (error: unknown): BuildOutcome => ({ name: component.name, error }),
      ),
    );
  }

  async #context(
    app: Application,
    { force = false, onProgress = () => {} }: BuildOptions,
  ): Promise<BuildContext> {
    const [wit, tools, compiler] = await Promise.all([readApplicationWit(app), this.#tools, this.#compiler]);
    return { app, wit, tools, compiler, cache: this.#cache, force, onProgress };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const compiler = await this.#compiler.catch(() => undefined);
    await compiler?.[Symbol.asyncDispose]();
  }
}

function chosen(app: Application, { only }: BuildOptions): readonly ApplicationComponent[] {
  return only === undefined ? [...app.components.values()] : only.map((name) => find(app, name));
}

function find(app: Application, name: string): ApplicationComponent {
  const component = app.components.get(name);
  if (component !== undefined) return component;
  const nearest = nearestName(name, app.components.keys());
  throw new BuildError("not-found", `there is no component \`${name}\``, {
    hint:
      nearest === undefined
        ? `There are: ${[...app.components.keys()].join(", ")}.`
        : `Did you mean \`${nearest}\`?`,
  });
}

/** Maps with at most `limit` at a time. After a failure nothing new begins. */
async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && failures.length === 0; next = queue.shift()) {
      const [index, item] = next;
      try {
        results[index] = await map(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
