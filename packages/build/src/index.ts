export { BuildError, type BuildErrorCode, type BuildErrorPlace } from "./build-error.ts";
export { type CacheLimits, pruneCache } from "./cache/prune-cache.ts";
export type {
  Application,
  ApplicationComponent,
  ComponentDependency,
  ComponentType,
  InitialFile,
} from "./manifest/application.ts";
export { findApplicationRoot } from "./manifest/application-root.ts";
export { loadApplication, type LoadApplicationOptions } from "./manifest/load-application.ts";
export type { ProgramLoad } from "./manifest/program-load.ts";
export { ManifestError } from "./manifest/manifest-error.ts";
export { platformTypes } from "./types/platform-types.ts";
export type { SourcePlace } from "./bundle/generated-code.ts";
export { memberUses } from "./checks/member-uses.ts";
export { mapStack } from "./bundle/map-stack.ts";
export { GuestSources } from "./bundle/guest-sources.ts";
export { buildComponents, buildEachComponent } from "./pipeline/build-components.ts";
export { Builder, type BuilderOptions, type BuildOptions, type BuildOutcome } from "./pipeline/builder.ts";
export { outputsOf, type Outputs } from "./pipeline/outputs.ts";
export type { BuildEvent, BuildStep } from "./pipeline/build-event.ts";
export { generateTypes } from "./pipeline/generate-types.ts";
export type { BuiltComponent, ComponentSize } from "./pipeline/built-component.ts";
