import type { ProgramReplayOptions } from "@golem-kit/host";

/** What a debuggee is to do. It gets it as a message of its parent process. */
export interface Job {
  readonly replay: Omit<ProgramReplayOptions, "component"> & {
    readonly component: Omit<ProgramReplayOptions["component"], "wasm"> & {
      /** Path of the component: it is not run, but says what the program imports and exports. */
      readonly wasmPath: string;
    };
  };
  readonly program: {
    /** The bundle. */
    readonly path: string;
    /** Its source map. */
    readonly mapPath: string;
  };
  /** Oplog index of the entry to pause at. @default nowhere */
  readonly at?: number;
  /** Port of the inspector on this machine. @default none: the replay runs by itself */
  readonly port?: number;
}
