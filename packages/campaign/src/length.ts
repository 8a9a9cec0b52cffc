/** How often the campaign tries what it tries: as often as `npm test`, or at full length. */
export type Length = "full" | "short";
