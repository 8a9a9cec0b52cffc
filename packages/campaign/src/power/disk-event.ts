/** What a process did to files and folders, or to a socket. */
export type DiskEvent =
  | {
      readonly type: "create" | "truncate" | "sync" | "failed-sync" | "unlink" | "make-folder";
      readonly path: string;
    }
  /** `at` is absent at the end of the file. */
  | {
      readonly type: "write";
      readonly path: string;
      readonly at: number | undefined;
      readonly data: Uint8Array;
    }
  | { readonly type: "resize"; readonly path: string; readonly size: number }
  | { readonly type: "rename"; readonly path: string; readonly to: string }
  /** What leaves the process. */
  | { readonly type: "send"; readonly text: string };

/** An event, and when it was over, in milliseconds since the epoch. */
export interface TimedEvent {
  readonly time: number;
  readonly event: DiskEvent;
}
