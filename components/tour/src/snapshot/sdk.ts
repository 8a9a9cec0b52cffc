import { snapshots } from "@golem-kit/sdk/snapshot";

import { notes, remember } from "../notebook.ts";

/** Takes what the other version has saved. If it is refused, the update fails, and the worker keeps its version. */
export const { loadSnapshot } = snapshots<string[]>({ save: notes, load: remember });
