import type { CallableExport } from "../guest-instance.ts";

/**
 * A guest's program that does not run in WebAssembly, but wherever else. Values pass as those of a component do, but for
 * resources, which are numbers: those of the host are handles of the guest, its own are whatever number it has given them.
 */
export interface Program {
  /**
   * Calls an exported function.
   *
   * @returns a WIT `result` as `{ tag, val }`
   * @throws whatever is a trap
   */
  call(target: ProgramExport, params: readonly unknown[]): Promise<unknown>;
}

export type ProgramExport = Pick<CallableExport, "exportKey" | "kind" | "resource"> & {
  /** Canonical WIT name: `place`, `[method]invoice.add` */
  readonly functionName: string;
};

/** What a program imports. */
export interface ProgramImports {
  /**
   * Calls an imported function. What it throws has ended the program: it may not go on.
   *
   * @param interfaceId with whatever version
   * @param functionName canonical WIT name: `get`, `[method]pollable.ready`, `[constructor]fields`, `[resource-drop]pollable`
   * @param args of a method and of a drop, beginning with the handle of its resource
   * @returns a WIT `result` as `{ tag, val }`
   */
  call(interfaceId: string, functionName: string, args: readonly unknown[]): Promise<unknown>;
}
