export { type DevEventOf, type DevProcess, startDev } from "./dev-process.ts";
export { eventually } from "./eventually.ts";
export { GolemClient, type RestInvocation } from "./rest/golem-client.ts";
export { RestError } from "./rest/rest-error.ts";
export { untilReady } from "./rest/until-ready.ts";
export { UserError } from "./user-error.ts";
export { type Directories, type ServerProcess, startServer } from "./server-process.ts";
export { openOutsideWorld, type OutsideWorld } from "./tour/outside-world.ts";
