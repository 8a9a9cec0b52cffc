/** The steps of a build, in order. `compile` takes most of the time. */
export type BuildStep = "wit" | "types" | "bundle" | "check" | "compile";

/** What happens while components are built. */
export type BuildEvent = { readonly component: string } & (
  | { readonly type: "start"; readonly step: BuildStep }
  | { readonly type: "end"; readonly step: BuildStep; readonly ms: number }
  | { readonly type: "warning"; readonly message: string }
  | { readonly type: "done"; readonly upToDate: boolean; readonly ms: number }
);
