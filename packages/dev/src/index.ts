export type { DevEvent } from "./dev-event.ts";
export { type DevOptions, DevSession } from "./dev-session.ts";
