/**
 * How often a property is tried: `inTests` times in `npm test`, `full` times in the campaign, which sets
 * `GOLEM_KIT_CAMPAIGN=full`.
 */
export function campaignSize(inTests: number, full: number): number {
  return process.env["GOLEM_KIT_CAMPAIGN"] === "full" ? full : inTests;
}
