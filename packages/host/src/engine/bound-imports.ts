import type { WitResource } from "@golem-kit/wit";

import type { CoreFunction } from "./plain-import.ts";

/** What jco's generated glue wants: for each imported interface its functions and resource classes, in JavaScript names. */
export type ImportObject = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A component's imports, bound to one instance. */
export interface BoundImports {
  readonly imports: ImportObject;
  /** Those that pass numbers only, as core functions, by `interface#function` without version. */
  readonly plain: ReadonlyMap<string, CoreFunction>;
  /** Makes host objects into what the guest can be given. */
  readonly resources: HostResources;
}

/** The resources of the host, as one instance knows them. */
export interface HostResources {
  /** How many handles the guest holds, by `wasi:io/poll#pollable`. */
  readonly handles: Readonly<Record<string, number>>;
  /** How many of all kinds. */
  readonly held: number;
  /** How many of one kind. */
  heldOf(kind: string): number;
  /** True if the resource is one of the host's, not of the guest. */
  has(resource: WitResource): boolean;
  /** `wasi:io/poll#pollable`, of what the guest was given. */
  kindOf(instance: unknown): string;
  /** What the guest was given as plain data, for another instance to revive; `undefined` if it is more than that. */
  keep(instance: unknown): unknown;
  /** Gives to the guest what another instance of the same worker had. */
  revive(kept: unknown): unknown;
  /** Gives a host object to the guest. */
  wrap(resource: WitResource, hostObject: unknown): unknown;
}
