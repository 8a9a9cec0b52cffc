import type { WitField, WitFunction, WitResource } from "@golem-kit/wit";

import type { BoundImports } from "./bound-imports.ts";
import type { GuestImage } from "./guest-state.ts";
import type { YieldPolicy } from "./preemption/yielding.ts";

/** A resource instance that lives in the guest, as callers name it. */
export interface ResourceHandle {
  readonly handle: number;
}

/** An exported function, as an instance is asked for it. */
export interface CallableExport {
  /** The world's export that has it: `shop:orders-exports/api`; `null` when the world itself exports it. */
  readonly exportKey: string | null;
  readonly function: WitFunction;
  readonly kind: WitFunction["kind"] | "drop";
  /** Kebab-case name of the resource that it belongs to. */
  readonly resource: string | null;
  /** What a caller passes, the handle `self` included. */
  readonly params: readonly WitField[];
}

/** Keeps the guest's resources for callers outside. */
export interface HandleTable {
  /** Takes an instance that the guest gave away. */
  add(resource: WitResource, instance: unknown): ResourceHandle;
  /** The instance behind a handle; `own` gives it back to the guest. @throws GolemError `InvalidRequest` for an unknown one */
  get(handle: unknown, ownership: "own" | "borrow"): unknown;
}

/** A guest, whatever it is made of. Entered by one call at a time; after a trap, never again. */
export interface GuestInstance {
  /** Handles of the host's resources that the guest holds, by kind: `wasi:io/poll#pollable`. */
  readonly handles: Readonly<Record<string, number>>;
  /** Bytes of memory in use. */
  readonly memorySize: number;
  /** Why what it is cannot be captured now: what it holds of the host, say; `undefined` if it can. Only between calls. */
  readonly obstacle: string | undefined;
  /** All that its code has changed, in some milliseconds. Only between calls, and where there is no obstacle. */
  capture(): GuestImage;
  /** Makes a fresh instance of the same code what another one was. @throws Error if it cannot be of the same code */
  restore(image: GuestImage): void;
  /** The guest's yield policy is asked at the next yield point. */
  yieldSoon(): void;
  /**
   * Calls an exported function. A WIT `result` is returned as `{ tag, val }`; whatever is thrown is a trap.
   *
   * @param params as callers pass them: a method's begin with the handle of its resource
   */
  call(target: CallableExport, params: readonly unknown[]): Promise<unknown>;
}

/** Makes a guest over what it imports. */
export type MakeGuest = (
  imports: BoundImports,
  handles: HandleTable,
  policy: YieldPolicy,
) => Promise<GuestInstance>;
