export { findApplicationRoot } from "./application-root.ts";
export { type ComponentRegistry, deploy, type Deployment } from "./deployment.ts";
export { type ExportedFunction, type ExportedParameter, findFunction } from "./exported-function.ts";
export { unknownName } from "./unknown-name.ts";
