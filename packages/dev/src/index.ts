export type { DevEvent } from "./dev-event.ts";
export { type DevOptions, DevSession } from "./dev-session.ts";
export { DevTerminal, type TerminalOptions } from "./dev-terminal.ts";
export { wantedWorkers } from "./wanted-workers.ts";
