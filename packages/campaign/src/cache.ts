import { join } from "node:path";

/** Transpiled components, which all hosts of the workspace share. */
export const CACHE = join(import.meta.dirname, "..", "..", "..", ".golem", "cache");
