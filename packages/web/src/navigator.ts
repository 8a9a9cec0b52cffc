import { define } from "./define.ts";

/** All that a program can learn of where it runs: this is no browser. */
define(globalThis, { navigator: { userAgent: "Golem-Kit" } });
