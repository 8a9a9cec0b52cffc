export { buildNamed } from "./build-named.ts";
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
export { createProgress, type Progress } from "./progress.ts";
