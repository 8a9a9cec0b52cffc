export { type BuildFailure, failureOf } from "./build-failure.ts";
export { buildEachNamed, buildNamed } from "./build-named.ts";
export {
  type ComponentRegistry,
  deploy,
  deployAll,
  type Deployment,
  latestComponent,
  readUpload,
} from "./deploy.ts";
export { DeploymentError } from "./deployment-error.ts";
export { type ExportedFunction, type ExportedParameter, findFunction } from "./exported-function.ts";
export type { NamedBuilds } from "./named-builds.ts";
export { createProgress, type Progress } from "./progress.ts";
