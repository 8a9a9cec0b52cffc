import { define } from "./define.ts";
import { mendedFetch } from "./fetch/fetch.ts";

/** Puts a `fetch` that keeps to the standard in place of the engine's. */
define(globalThis, { fetch: mendedFetch(globalThis.fetch) });
