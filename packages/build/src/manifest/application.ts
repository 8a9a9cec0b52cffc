import type { ProgramLoad } from "./program-load.ts";

/** What `golem.yaml` and the manifests that it includes say. All paths are absolute. */
export interface Application {
  readonly rootDir: string;
  /** Every manifest that was read, the root's first. */
  readonly manifests: readonly string[];
  /** Folders of WIT packages that every component may use. */
  readonly witDeps: readonly string[];
  readonly components: ReadonlyMap<string, ApplicationComponent>;
}

/** One component, its template applied. */
export interface ApplicationComponent {
  /** `shop:orders` */
  readonly name: string;
  /** Folder of the manifest that defines it: its paths are relative to this. */
  readonly dir: string;
  /** The manifest that defines it. */
  readonly manifest: string;
  readonly sourceWit: string;
  readonly generatedWit: string;
  readonly componentWasm: string;
  readonly linkedWasm: string;
  readonly componentType: ComponentType;
  readonly files: readonly InitialFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly dependencies: readonly ComponentDependency[];
  /** Where its program is loaded, as its `package.json` says. */
  readonly load: ProgramLoad;
}

export type ComponentType = "durable" | "ephemeral" | "library";

/** A file that every new worker finds in its file system. */
export interface InitialFile {
  /** A path, or an `http:`, `https:` or `file:` URL. */
  readonly sourcePath: string;
  /** Absolute path as the worker sees it. */
  readonly targetPath: string;
  readonly permissions: "read-only" | "read-write";
}

/** Another component whose exports this one calls. */
export interface ComponentDependency {
  readonly target: string;
  readonly type: "wasm-rpc";
}
