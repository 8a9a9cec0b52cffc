/**
 * Has the engine find out its time zone before the program begins, which is UTC in every component. It would do so at the
 * first local date, and read the clock for it: a program that has such a date at module level would seem to ask for the time.
 */
export function settleTimeZone(bindings: string): string {
  return `${bindings}\nnew contentGlobal.Date(0).getTimezoneOffset();\n`;
}
