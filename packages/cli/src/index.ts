export { findApplicationRoot } from "./application-root.ts";
export { buildNamed } from "./build-named.ts";
export { type ComponentRegistry, deploy, type Deployment } from "./deployment.ts";
export { type ExportedFunction, type ExportedParameter, findFunction } from "./exported-function.ts";
export { type Directories, type ServerProcess, startServer } from "./server-process.ts";
export { openOutsideWorld, type OutsideWorld } from "./tour/outside-world.ts";
export { unknownName } from "./unknown-name.ts";
