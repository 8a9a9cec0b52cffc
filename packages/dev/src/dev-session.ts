import { join } from "node:path";
import { Builder } from "@golem-kit/build";
import { createHost, type Host, type HostOptions, type RunningServer, serve } from "@golem-kit/host";
import { ApplicationWatch } from "./application-watch.ts";
import { Deployments } from "./deployments.ts";
import type { DevEvent, NewDevEvent } from "./dev-event.ts";
import { type RoundResult, Rounds } from "./rounds.ts";
import { Saves } from "./saves.ts";
import { manifestPlaces, watchedPlaces } from "./watched-places.ts";

export interface DevOptions {
  /** The application's folder. */
  readonly rootDir: string;
  readonly host: HostOptions & { readonly dataDir: string };
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
  /** Milliseconds between two looks at each file, for file systems that tell nothing. @default they tell */
  readonly poll?: number | undefined;
  readonly onEvent: (event: DevEvent) => void;
}

/** A host that runs an application as it is saved, from when it is opened until it is disposed of. */
export class DevSession implements AsyncDisposable {
  readonly host: Host;
  readonly server: RunningServer;
  readonly #options: DevOptions;
  readonly #resources: AsyncDisposableStack;
  readonly #saves = new Saves();
  readonly #watch: ApplicationWatch;
  readonly #rounds: Rounds;
  readonly #ended = new AbortController();
  readonly #emit: (event: NewDevEvent) => void;
  #force = false;

  private constructor(options: DevOptions, host: Host, server: RunningServer, resources: AsyncDisposableStack) {
    this.host = host;
    this.server = server;
    this.#options = options;
    this.#resources = resources;
    this.#emit = (event) => options.onEvent({ time: new Date().toISOString(), ...event });
    const builder = resources.use(new Builder());
    this.#watch = resources.use(
      new ApplicationWatch({
        poll: options.poll,
        onEvent: (path) => this.#saves.note(path),
        onError: ({ message }) => this.#emit({ type: "warning", component: undefined, message }),
      }),
    );
    this.#rounds = new Rounds({
      rootDir: options.rootDir,
      host,
      builder,
      deployments: new Deployments(host),
      emit: this.#emit,
      signal: this.#ended.signal,
    });
  }

  /**
   * Opens the host on its data directory, and listens.
   *
   * @throws StorageError if another process has the directory; Error if the port is in use
   */
  static async open(options: DevOptions): Promise<DevSession> {
    await using resources = new AsyncDisposableStack();
    const host = resources.use(await createHost(options.host));
    const server = resources.use(await serve(host, { port: options.port, hostname: options.hostname }));
    return new DevSession(options, host, server, resources.move());
  }

  /** Builds, deploys and moves what is saved, until the session is disposed of. */
  async run(): Promise<void> {
    await this.#watch.setPlaces(manifestPlaces(this.#options.rootDir));
    await this.#round(performance.now());
    this.#tellListening();
    for (;;) {
      const paths = await this.#saves.next();
      if (paths === undefined) return;
      await this.#round(performance.now());
    }
  }

  /** Builds all components anew, also those of which nothing has changed. */
  rebuild(): void {
    this.#force = true;
    this.#saves.note(join(this.#options.rootDir, "golem.yaml"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    this.#saves.close();
    await this.#resources.disposeAsync();
    this.#emit({ type: "ended" });
  }

  async #round(start: number): Promise<void> {
    const force = this.#force;
    this.#force = false;
    const result = await this.#rounds.run({ force, start });
    if (result !== undefined) await this.#watchAll(result);
  }

  async #watchAll({ app, sources }: RoundResult): Promise<void> {
    const { dataDir, cacheDir } = this.#options.host;
    const dataDirs = cacheDir === undefined ? [dataDir] : [dataDir, cacheDir];
    const places = await watchedPlaces({ app, programFiles: sources, dataDirs });
    // What was saved between a build and the watching of its files is found by its contents.
    if (await this.#watch.setPlaces(places)) this.#saves.note(this.#options.rootDir);
  }

  #tellListening(): void {
    const { host, server } = this;
    this.#emit({
      type: "listening",
      url: server.url,
      dataDir: host.dataDir,
      components: host.components.list().map(({ componentName, versionedComponentId }) => {
        return { component: componentName, version: versionedComponentId.version, workers: 0 };
      }),
      try: undefined,
    });
  }
}
