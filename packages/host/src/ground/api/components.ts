/** What the host offers about components; the rest is in `api.ts`. */

import type { WitFunction } from "@golem-kit/wit";

export type ComponentType = "Durable" | "Ephemeral";

export type FilePermissions = "read-only" | "read-write";

/** A file that every new worker of a component finds in its file system. */
export interface InitialFile {
  /** Absolute path inside the worker's file system. */
  readonly path: string;
  readonly permissions: FilePermissions;
  readonly content: Uint8Array;
}

/** Which worker component serves each resource of an RPC client interface; key: the client interface's id. */
export type DynamicLinking = Readonly<
  Record<
    string,
    {
      readonly type: "WasmRpc";
      readonly targets: Readonly<
        Record<
          string,
          {
            readonly interfaceName: string;
            readonly componentName: string;
            readonly componentType: ComponentType;
          }
        >
      >;
    }
  >
>;

export interface ComponentUpload {
  readonly wasm: Uint8Array;
  /** @default "Durable" for a new component, the previous version's type for an update */
  readonly componentType?: ComponentType;
  /** @default none for a new component, the previous version's files for an update */
  readonly files?: readonly InitialFile[];
  readonly dynamicLinking?: DynamicLinking;
  readonly env?: Readonly<Record<string, string>>;
}

/** One version of a component: Golem's `Component` JSON. */
export interface Component {
  readonly versionedComponentId: { readonly componentId: string; readonly version: number };
  readonly componentName: string;
  readonly componentSize: number;
  readonly metadata: {
    readonly exports: readonly unknown[];
    readonly producers: readonly unknown[];
    readonly memories: readonly { readonly initial: number; readonly maximum: number | null }[];
    readonly binaryWit: string;
    readonly rootPackageName: string | null;
    readonly rootPackageVersion: string | null;
    readonly dynamicLinking: DynamicLinking;
  };
  readonly createdAt: string;
  readonly componentType: ComponentType;
  readonly files: readonly {
    readonly key: string;
    readonly path: string;
    readonly permissions: FilePermissions;
  }[];
  readonly installedPlugins: readonly never[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Components {
  /** @throws GolemError `ComponentAlreadyExists`, `ComponentParseFailed` */
  create(name: string, upload: ComponentUpload): Promise<Component>;
  /** Adds a version. @throws GolemError `ComponentNotFound`, `ComponentParseFailed` */
  update(componentId: string, upload: ComponentUpload): Promise<Component>;
  /** Latest version of each component, in order of creation; `name` restricts to an exact name. */
  list(name?: string): readonly Component[];
  /** All versions, oldest first; empty for an unknown component. */
  versions(componentId: string): readonly Component[];
  /** @default version the latest */
  get(componentId: string, version?: number): Component | undefined;
  /** @throws GolemError `ComponentNotFound` */
  download(componentId: string, version?: number): Promise<Uint8Array>;
  /**
   * One of the files that new workers of a version find.
   *
   * @param file its `key`, or its absolute path
   * @throws GolemError `ComponentNotFound`, `FileNotFound`
   */
  fileContents(componentId: string, version: number, file: string): Promise<Uint8Array>;
  /** The exported function that a call by this name reaches (facts: function-name grammar), with its types. */
  exportedFunction(componentId: string, functionName: string, version?: number): Promise<WitFunction>;
}
