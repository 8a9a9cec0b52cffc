import { define } from "./define.ts";

/** What `Intl` has here, for who asks for it while loading: of it nothing can be made. */
function DateTimeFormat(locales?: unknown, options?: unknown): never {
  throw new TypeError(
    `there is no Intl.DateTimeFormat here, for ${JSON.stringify(locales)} ${JSON.stringify(options)}. Of time zones UTC and offsets such as +02:00 are known.`,
  );
}

define(globalThis, { Intl: { DateTimeFormat } });
