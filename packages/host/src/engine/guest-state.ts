import { changesTables, globalsOf } from "./exported-globals.ts";
import { applyDifference, type MemoryDifference, memoryDifference } from "./memory-difference.ts";
import type { HandlesImage, HostHandles } from "./host-handles.ts";
import type { MemoryImage } from "./memory-image.ts";

/** All that the code of a guest has changed, at a moment when none of it runs. */
export interface GuestImage {
  /** Of each memory, in the order in which instances are made. */
  readonly memories: readonly MemoryDifference[];
  readonly globals: readonly (number | bigint)[];
  readonly handles: readonly HandlesImage[];
}

/** The memories and the globals of all core instances of a guest, and the handles that it holds. */
export class GuestState {
  /** Modules that share a memory may all export it. */
  readonly #memories = new Map<WebAssembly.Memory, MemoryImage | undefined>();
  readonly #globals = new Set<WebAssembly.Global>();
  readonly #handles: HostHandles;
  #obstacle: string | undefined;

  constructor(handles: HostHandles) {
    this.#handles = handles;
  }

  /** @param image what its memory has begun with. @default nothing */
  add(instance: WebAssembly.Instance, module: WebAssembly.Module, image?: MemoryImage): void {
    for (const [name, exported] of Object.entries(instance.exports)) {
      if (!(exported instanceof WebAssembly.Memory)) continue;
      const known = this.#memories.get(exported);
      this.#memories.set(exported, known ?? (image?.memory === name ? image : undefined));
    }
    for (const global of globalsOf(instance)) {
      this.#globals.add(global);
      if (!isNumber(global)) this.#obstacle = "it has a global that is no number";
    }
    if (changesTables(module)) this.#obstacle = "its code changes tables";
  }

  /** Bytes of memory in use. */
  get size(): number {
    let size = 0;
    for (const memory of this.#memories.keys()) size += memory.buffer.byteLength;
    return size;
  }

  /** Why nothing can tell all that has changed; `undefined` if it can be told. */
  get obstacle(): string | undefined {
    return this.#obstacle ?? this.#handles.obstacle;
  }

  /** Takes some milliseconds. */
  capture(): GuestImage {
    return {
      memories: [...this.#memories].map(([memory, image]) => memoryDifference(memory, image)),
      globals: [...this.#globals].map(({ value }) => value as number | bigint),
      handles: this.#handles.capture(),
    };
  }

  /** Makes a fresh instance of the same code what another one was. @throws Error if it cannot be of the same code */
  restore({ memories, globals, handles }: GuestImage): void {
    if (memories.length !== this.#memories.size || globals.length !== this.#globals.size)
      throw new Error("The image is one of other code");
    for (const [at, [memory, image]] of [...this.#memories].entries()) {
      const difference = memories[at];
      if (difference !== undefined) applyDifference(memory, difference, image);
    }
    for (const [at, global] of [...this.#globals].entries()) global.value = globals[at];
    this.#handles.restore(handles);
  }
}

/** References and vectors are none. */
function isNumber(global: WebAssembly.Global): boolean {
  try {
    return typeof global.value === "number" || typeof global.value === "bigint";
  } catch {
    return false;
  }
}
