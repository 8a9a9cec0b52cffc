import { relative } from "node:path";
import { Builder } from "@golem-kit/build";
import {
  createHost,
  type Host,
  type HostEvent,
  type HostOptions,
  type RunningServer,
  serve,
} from "@golem-kit/host";
import { ApplicationWatch } from "./application-watch.ts";
import type { DevEvent, NewDevEvent } from "./dev-event.ts";
import { ProgramMaps } from "./program-maps.ts";
import { countWorkers, type RoundResult, Rounds } from "./rounds.ts";
import { Saves } from "./saves.ts";
import { suggestion } from "./suggestion.ts";
import { manifestPlaces, watchedPlaces } from "./watched-places.ts";
import { WaysOn } from "./ways-on.ts";
import { WorkerFeed } from "./worker-feed.ts";

export interface DevOptions {
  /** The application's folder. */
  readonly rootDir: string;
  readonly host: Omit<HostOptions, "onEvent" | "onNotice"> & { readonly dataDir: string };
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
  /** Milliseconds between two looks at each file, for file systems that tell nothing. @default they tell */
  readonly poll?: number | undefined;
  /** Whether somebody wants to know what a worker does and says, `shop:cart/ada`. @default of all */
  readonly wants?: (worker: string) => boolean;
  readonly onEvent: (event: DevEvent) => void;
}

/** A host that runs an application as it is saved, from when it is opened until it is disposed of. */
export class DevSession implements AsyncDisposable {
  readonly host: Host;
  readonly server: RunningServer;
  /** What can be done about workers that stay on old code. */
  readonly ways: WaysOn;
  readonly #options: DevOptions;
  readonly #resources: AsyncDisposableStack;
  readonly #saves = new Saves();
  readonly #watch: ApplicationWatch;
  readonly #rounds: Rounds;
  readonly #ended: AbortController;
  readonly #emit: (event: NewDevEvent) => void;
  #force = false;

  private constructor({ options, host, server, feed, maps, emit, ended, resources }: SessionParts) {
    this.host = host;
    this.server = server;
    this.ways = new WaysOn(host);
    this.#options = options;
    this.#resources = resources;
    this.#emit = emit;
    this.#ended = ended;
    const { rootDir, poll } = options;
    const builder = resources.use(new Builder());
    this.#watch = resources.use(
      new ApplicationWatch({
        poll,
        onEvent: (path) => this.#saves.note(path),
        onError: ({ message }) => emit({ type: "warning", component: undefined, message }),
      }),
    );
    const { signal } = ended;
    this.#rounds = new Rounds({ rootDir, host, builder, maps, feed, emit, signal });
  }

  /**
   * Opens the host on its data directory, and listens.
   *
   * @throws StorageError if another process has the directory; Error if the port is in use
   */
  static async open(options: DevOptions): Promise<DevSession> {
    const { wants = () => true } = options;
    const ended = new AbortController();
    const emit = (event: NewDevEvent): void => {
      // What a round that is dropped finds out is of no use to anybody.
      if (!ended.signal.aborted) options.onEvent(Object.assign({ time: new Date().toISOString() }, event));
    };
    const maps = new ProgramMaps();
    const feed = new WorkerFeed({ maps, emit, wants });
    await using resources = new AsyncDisposableStack();
    // Workers may go on before the host is all there.
    const opened = Promise.withResolvers<Host>();
    const host = resources.use(
      await createHost({
        ...options.host,
        onEvent: (event: HostEvent) => void opened.promise.then((host) => feed.take(host, event)),
        onNotice: ({ worker, message }) => emit({ type: "warning", component: worker, message }),
      }),
    );
    opened.resolve(host);
    for (const message of host.damage) emit({ type: "warning", component: undefined, message });
    const server = resources.use(await serve(host, { port: options.port, hostname: options.hostname }));
    return new DevSession({ options, host, server, feed, maps, emit, ended, resources: resources.move() });
  }

  /** Builds, deploys and moves what is saved, until the session is disposed of. */
  async run(): Promise<void> {
    await this.#watch.add(manifestPlaces(this.#options.rootDir));
    await this.#round([]);
    await this.#tellListening();
    for (;;) {
      const paths = await this.#saves.next();
      if (paths === undefined) return;
      await this.#round(this.#shown(paths));
    }
  }

  /** Builds all components anew, also those of which nothing has changed. */
  rebuild(): void {
    this.#force = true;
    this.#saves.note(this.#options.rootDir);
  }

  /** Starts all workers of the application's components anew. @returns how many */
  async anewAll(): Promise<number> {
    return this.ways.anewAll(this.host.components.list().map(({ componentName }) => componentName));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#emit({ type: "ended" });
    this.#ended.abort();
    this.#saves.close();
    await this.#resources.disposeAsync();
  }

  async #round(files: readonly string[]): Promise<void> {
    const force = this.#force;
    this.#force = false;
    const result = await this.#rounds.run({ force, start: performance.now(), files });
    if (result !== undefined) await this.#watchAll(result);
  }

  /** What was written, as the current directory has it. A folder stands for a look at everything. */
  #shown(paths: ReadonlySet<string>): readonly string[] {
    const { rootDir } = this.#options;
    return [...paths].filter((path) => path !== rootDir).map((path) => relative(rootDir, path));
  }

  async #watchAll({ app, sources }: RoundResult): Promise<void> {
    const { dataDir, cacheDir } = this.#options.host;
    const dataDirs = cacheDir === undefined ? [dataDir] : [dataDir, cacheDir];
    const places = await watchedPlaces({ app, programFiles: sources, dataDirs });
    // What was saved between a build and the watching of its files is found by its contents.
    if (await this.#watch.add(places)) this.#saves.note(this.#options.rootDir);
  }

  async #tellListening(): Promise<void> {
    const { host, server } = this;
    const components = await Promise.all(
      host.components.list().map(async (component) => ({
        component: component.componentName,
        version: component.versionedComponentId.version,
        workers: await countWorkers(host, component),
      })),
    );
    const command = suggestion(host.components.list(), server.url);
    this.#emit({ type: "listening", url: server.url, dataDir: host.dataDir, components, try: command });
  }
}

interface SessionParts {
  readonly options: DevOptions;
  readonly host: Host;
  readonly server: RunningServer;
  readonly feed: WorkerFeed;
  readonly maps: ProgramMaps;
  readonly emit: (event: NewDevEvent) => void;
  readonly ended: AbortController;
  readonly resources: AsyncDisposableStack;
}
