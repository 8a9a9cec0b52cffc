import type { Segments } from "./guest-path.ts";

/** An open directory. It stays the same directory when that is renamed, and is nothing once that is removed. */
export interface Directory {
  readonly kind: "directory";
  readonly readable: boolean;
  /** May be asked to change what is in it; told to the guest, and nothing more, as Golem does. */
  readonly mutable: boolean;
  /** `undefined` after its removal. */
  segments: Segments | undefined;
}
